#!/usr/bin/env node
/** The command for pipelines, as the process that it is. */
import { command, tellFault } from "./command.js";

// Node itself would end with 1, by which a pipeline knows that nothing was started.
process.on("uncaughtException", (error) => tellFault(error, process).then((code) => process.exit(code)));
command(process.argv.slice(2), process).then((code) => process.exit(code));
