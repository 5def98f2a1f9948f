import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.ts";

/** The arguments that let Node run TypeScript. The `tsx` command does the same, but starts a second process for it. */
export const TSX = ["--import", pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href];
