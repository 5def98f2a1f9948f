import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

/**
 * `npm test`. What needs a browser or other languages has a run of its own. The limits only end what hangs: a busy machine makes no test fail.
 * Many tests wait for a socket, so there is work for more workers than cores; a percentage would give no more than the cores. The files that a
 * worker runs share what they import, which takes less time than importing it for each: a test leaves nothing changed behind.
 */
export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, "test/browser/**", "test/samples/**"],
    globalSetup: "test/build-command.ts",
    maxWorkers: Math.max(6, availableParallelism()),
    isolate: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
