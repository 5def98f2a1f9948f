/** One signature, in microseconds: ours with `node:crypto`, ours with `crypto.subtle` when given "subtle". */
import { DCS_INSTANCE_ID, PROJECT_ID, TEST_KEY } from "../lib/test-account.ts";

if (process.argv[2] === "subtle") {
  Object.assign(process, { getBuiltinModule: undefined });
}
const { authorization } = await import("../../src/signing.ts");
const request = {
  method: "POST",
  path: `/v2/${PROJECT_ID}/instances/${DCS_INSTANCE_ID}/backups`,
  headers: { host: "dcs.cn-north-4.myhuaweicloud.com", "x-project-id": PROJECT_ID, "x-sdk-date": "20261122T013228Z" },
  body: '{"backup_format":"aof","remark":"before the upgrade"}',
};
const rounds: number[] = [];
for (let round = 0; round < 21; round++) {
  const start = performance.now();
  for (let i = 0; i < 500; i++) {
    await authorization(request, TEST_KEY, "access");
  }
  rounds.push(((performance.now() - start) / 500) * 1000);
}
console.log(JSON.stringify(rounds.slice(1)));
