/** What `npm start` shows: backups that are started and followed to their end, one whose answer is lost and found again, and a refused one. */
import {
  type BackupClient,
  type Credentials,
  createBackupClient,
  findBackup,
  isBackupError,
  uniqueName,
  uniqueRemark,
  type WaitProgress,
  waitForCopyInstance,
  waitForManualBackup,
} from "../../src/index.ts";
import { DCS_INSTANCE_ID, DDS_INSTANCE_ID, PROJECT_ID, TEST_KEY, TEST_TOKEN } from "../lib/test-account.ts";
import type { ReceivedRequest, StandIn } from "./server.ts";

const OTHER_INSTANCE_ID = "3d05ca07-4c92-4f1c-9d4c-3c0ab1e7c0f6";
/** Real services want ten seconds and more. */
const INTERVAL = 500;

export async function showBackups(standIn: StandIn): Promise<void> {
  const create = (credentials: Credentials) =>
    createBackupClient({
      projectId: PROJECT_ID,
      credentials,
      endpoints: { dcs: standIn.url, dds: standIn.url },
    });
  const signed = create(TEST_KEY);

  await showDcs(standIn, signed);
  await showDds(standIn, create({ token: TEST_TOKEN }));
  await tell(standIn, "copyInstanceV1, signed with an access key", () =>
    signed.copyInstanceV1(OTHER_INSTANCE_ID, { remark: "before the upgrade" }),
  );
  await showLost(standIn, signed);
  await tell(standIn, "createManualBackup with a name that is too short", () =>
    signed.createManualBackup({ backup: { instance_id: DDS_INSTANCE_ID, name: "my" } }),
  );
}

async function showDcs(standIn: StandIn, backups: BackupClient): Promise<void> {
  const body = { backup_format: "aof", remark: uniqueRemark("before the upgrade") } as const;
  const title = "copyInstance, signed with an access key, and waitForCopyInstance";
  const answer = await tell(standIn, title, () => backups.copyInstance(DCS_INSTANCE_ID, body), false);
  if (answer) {
    const { status, size } = await waitForCopyInstance(backups, DCS_INSTANCE_ID, answer, options());
    line("finished", `${status}, ${size} bytes\n`);
  }
}

async function showDds(standIn: StandIn, backups: BackupClient): Promise<void> {
  const backup = { instance_id: DDS_INSTANCE_ID, name: uniqueName("before-the-upgrade"), description: "nightly" };
  const title = "createManualBackup, with a token, and waitForManualBackup";
  const answer = await tell(standIn, title, () => backups.createManualBackup({ backup }), false);
  if (answer) {
    const { status, size } = await waitForManualBackup(backups, answer, options());
    line("finished", `${status}, ${size} KB\n`);
  }
}

/** The gateway gives up, and the service makes the backup all the same. */
async function showLost(standIn: StandIn, backups: BackupClient): Promise<void> {
  const remark = uniqueRemark("before the upgrade");
  standIn.next({ code: 504, startsAfter: INTERVAL });
  const title = "copyInstance, whose answer is lost, and findBackup";
  let lost: unknown;
  const call = () =>
    backups.copyInstance(DCS_INSTANCE_ID, { remark }).catch((error: unknown) => {
      lost = error;
      throw error;
    });
  await tell(standIn, title, call, false);
  if (!isBackupError(lost) || !lost.backupMayExist) {
    return;
  }
  const it = await findBackup(backups, lost, { interval: INTERVAL });
  if (it.found !== "one") {
    line("found", it.found);
    return;
  }
  line("found", `${JSON.stringify(it.answer)} ${it.sure ? "surely that start's" : "perhaps another's"}`);
  const { status } = await waitForCopyInstance(backups, DCS_INSTANCE_ID, it.answer, options());
  line("finished", `${status}\n`);
}

function options() {
  return {
    interval: INTERVAL,
    onProgress: ({ state, percent, elapsed, record }: WaitProgress<{ status?: string }>) => {
      const part = percent === undefined ? "" : `, ${percent} %`;
      line(`${(elapsed / 1000).toFixed(1)} s`, `${state === "unlisted" ? state : record?.status}${part}`);
    },
  };
}

/** Makes a call, and shows what was sent and what came of it. */
async function tell<Answer extends object>(
  standIn: StandIn,
  title: string,
  call: () => Promise<Answer>,
  isLast = true,
): Promise<Answer | undefined> {
  const outcome = await call().catch((error: unknown) => error);
  const request = standIn.received.at(-1);
  console.log(title);
  line("sent", request ? describe(request) : "nothing");
  const end = isLast ? "\n" : "";
  if (!(outcome instanceof Error)) {
    line("answered", `${JSON.stringify(outcome)}${end}`);
    return outcome as Answer;
  }
  if (!isBackupError(outcome)) {
    throw outcome;
  }
  line("threw", `${outcome.name}: ${outcome.message}${end}`);
  return undefined;
}

function line(what: string, text: string): void {
  console.log(`  ${what.padEnd(8)}  ${text}`);
}

/** The request as it arrived, its secrets cut. */
function describe({ method, target, headers, body }: ReceivedRequest): string {
  const shown = Object.entries(headers)
    .filter(([name]) => /^(x-|authorization|content-type)/.test(name))
    .map(
      ([name, value]) => `${name}: ${name === "x-auth-token" ? "***" : value.replace(/Signature=.*/, "Signature=***")}`,
    );
  return [`${method} ${target}`, ...shown, body].join("\n            ");
}
