import { configDefaults, defineConfig } from "vitest/config";

/** `npm test`. What needs a browser has a run of its own. */
export default defineConfig({
  test: { exclude: [...configDefaults.exclude, "test/browser/**"] },
});
