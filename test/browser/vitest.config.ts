import { defineConfig } from "vitest/config";

/** `npm run test:browser`. A browser waits more than it works, so two of them fit on two cores. */
export default defineConfig({
  test: {
    include: ["test/browser/*.test.ts"],
    globalSetup: ["test/browser/build.ts"],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
