import { configDefaults, defineConfig } from "vitest/config";

/**
 * `npm test`. What needs a browser has a run of its own. The limits only end what hangs: a busy machine makes no test fail. Many tests wait
 * for a socket, so there is work for more workers than cores.
 */
export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, "test/browser/**"],
    maxWorkers: "150%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
