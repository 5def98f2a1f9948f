/** Calls on one client share nothing. */
import { expect, test } from "vitest";
import { findSignatureFault } from "../scripts/stand-in/verify-signature.ts";
import { clientOf, httpAnswer, rawServer } from "./support.ts";

test("a thousand calls at once, with credentials that change meanwhile: each gets its own answer and is signed with one key", async () => {
  const calls = 1000;
  const keys = new Map<string, string>();
  let asked = 0;
  const credentials = async () => {
    const key = { accessKeyId: `AK${asked}`, secretAccessKey: `secret-${asked}`, securityToken: `token-${asked}` };
    asked++;
    keys.set(key.accessKeyId, key.secretAccessKey);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return key;
  };
  const faults: unknown[] = [];
  const signedWith: string[] = [];
  const server = await rawServer((socket, request) => {
    const [head = "", body = ""] = request.split("\r\n\r\n");
    const [line = "", ...lines] = head.split("\r\n");
    const [method = "", target = ""] = line.split(" ");
    const headers = Object.fromEntries(
      lines.map((text) => [text.split(": ")[0]?.toLowerCase(), text.split(": ")[1] ?? ""]),
    );
    const accessKeyId = /Access=(\w+)/.exec(headers["authorization"] ?? "")?.[1] ?? "";
    signedWith.push(accessKeyId);
    const key = { accessKeyId, secretAccessKey: keys.get(accessKeyId) ?? "" };
    faults.push(findSignatureFault({ method, target, headers, body }, key, Date.now()));
    if (headers["x-security-token"] !== `token-${accessKeyId.slice(2)}`) {
      faults.push("another key's token");
    }
    const answer = httpAnswer(
      "200 OK",
      JSON.stringify({ backup_id: `of ${target.split("/")[4]}`, remark: JSON.parse(body).remark }),
    );
    setTimeout(() => socket.write(answer), Math.random() * 20);
  });

  // A busy machine may let connections wait until they are given up. Such a call starts anew, and asks for credentials anew.
  const backups = clientOf(server.url, { credentials, timeout: 300_000, maxRetries: 100 });
  const ids = Array.from({ length: calls }, (_, index) => `instance-${index}`);
  const answers = await Promise.all(ids.map((id) => backups.copyInstance(id, { remark: `remark of ${id}` })));

  expect(answers).toEqual(ids.map((id) => ({ backup_id: `of ${id}`, remark: `remark of ${id}` })));
  expect(signedWith).toHaveLength(calls);
  expect(new Set(signedWith).size).toBe(calls);
  expect(faults).toEqual(Array(calls).fill(undefined));
});

test("a call that fails, is aborted or runs out of time leaves the others alone", async () => {
  const server = await rawServer((socket, request) => {
    const id = request.split("/")[4];
    if (id === "breaks") {
      socket.destroy();
    } else if (id !== "hangs") {
      socket.write(httpAnswer("200 OK", JSON.stringify({ backup_id: id })));
    }
  });
  const backups = clientOf(server.url);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const outcomes = await Promise.allSettled([
    backups.copyInstance("good-1"),
    backups.copyInstance("hangs", {}, { signal: controller.signal }),
    backups.copyInstance("breaks"),
    backups.copyInstance("hangs", {}, { timeout: 100 }),
    backups.copyInstance("good-2"),
  ]);
  expect(
    outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.backup_id : outcome.reason.name)),
  ).toEqual(["good-1", "NetworkError", "NetworkError", "NetworkError", "good-2"]);
});
