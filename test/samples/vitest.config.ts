import { defineConfig } from "vitest/config";

/** `npm run test:samples`. A program of another language starts slowly, above all on a busy machine. */
export default defineConfig({
  test: {
    include: ["test/samples/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
