import { defineConfig } from "vitest/config";

/** `npm run test:browser`. The files share one browser's worth of cores, so they take turns. */
export default defineConfig({
  test: {
    include: ["test/browser/*.test.ts"],
    globalSetup: ["test/browser/build.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
