/** Builds what is shipped beside the types, which the compiler writes: `npm run build`. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/root.ts";
import { bundleCommand, bundleLibrary } from "./package/bundle.ts";

await bundleLibrary(join(root, "dist"));
await bundleCommand(join(root, "dist/cli"));
cpSync(join(root, "spec/signing"), join(root, "signing"), { recursive: true });
