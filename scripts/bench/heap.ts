/** Heap in use after each ten thousand of a hundred thousand calls, with one signal for all of them. Run with --expose-gc. Prints bytes. */
import { createBackupClient } from "huaweicloud-backup";
import { DCS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";
import { heapInUse } from "./heap-in-use.ts";

const backups = createBackupClient({
  region: "cn-north-4",
  projectId: PROJECT_ID,
  credentials: TEST_KEY,
  fetch: async () => Response.json({ backup_id: "548ceeff-2c43-4a9f-a5ab-4a4ab3a3a0f3" }),
});
const { signal } = new AbortController();
const sizes: number[] = [];
for (let calls = 1; calls <= 100_000; calls++) {
  await backups.copyInstance(DCS_INSTANCE_ID, {}, { signal });
  if (calls % 10_000) {
    continue;
  }
  sizes.push(await heapInUse());
}
console.log(JSON.stringify(sizes));
