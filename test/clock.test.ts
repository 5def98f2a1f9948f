/** A wrong clock is explained, and not asked again. */
import { expect, test } from "vitest";
import { clientOf, httpAnswer, INSTANCE_ID, rawServer, standInForTest, thrownBy } from "./support.ts";

const expired = '{"error_msg":"Incorrect IAM authentication information: signature expired","error_code":"APIGW.0301"}';

async function messageAfter(status: string, body: string, minutes: number | undefined): Promise<string> {
  const headers = minutes === undefined ? {} : { date: new Date(Date.now() + minutes * 60_000).toUTCString() };
  const server = await rawServer((socket) => socket.write(httpAnswer(status, body, headers)));
  const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
  expect(server.requests).toHaveLength(1);
  return (error as Error).message;
}

test("a clock that is behind is told by how much", async () => {
  expect(await messageAfter("401 Unauthorized", expired, 60)).toMatch(
    /clock is 60 minutes behind the service's: set it right\. Nothing was started$/,
  );
});

test("a clock that is ahead is told by how much", async () => {
  expect(await messageAfter("401 Unauthorized", expired, -16)).toContain("clock is 16 minutes ahead of the service's");
});

test.each<[string, string, string, number | undefined]>([
  ["the clock is right", "401 Unauthorized", expired, 0],
  ["it is off by less than the service minds", "401 Unauthorized", expired, 14],
  ["the answer has no Date", "401 Unauthorized", expired, undefined],
  [
    "the 401 has another reason",
    "401 Unauthorized",
    '{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}',
    60,
  ],
  ["it is no 401", "403 Forbidden", expired, 60],
])("nothing is said of the clock when %s", async (_, status, body, minutes) => {
  expect(await messageAfter(status, body, minutes)).not.toContain("clock");
});

test("the stand-in refuses a signature that is too old, and the client's own `now` is what is compared", async () => {
  const standIn = await standInForTest();
  const error = await thrownBy(clientOf(standIn.url, { now: () => Date.now() - 3_600_000 }).copyInstance(INSTANCE_ID));
  expect(error).toMatchObject({ status: 401, retryable: false });
  expect(String(error)).toContain("clock is 60 minutes behind");
  expect(standIn.received).toHaveLength(1);
});
