/** A wrong clock is explained, and not asked again. */
import { describe, expect, test } from "vitest";
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

describe("both times that the gateway's own text names go before its Date", () => {
  const noted = (text: string, minutes?: number) => {
    const body = { error_code: "APIGW.0301", error_msg: `Incorrect IAM authentication information: ${text}` };
    return messageAfter("401 Unauthorized", JSON.stringify(body), minutes);
  };

  test.each([
    ["signature expired, signature time:20230527T000431Z,server time:20230527T020608Z", "122 minutes behind"],
    ["signature expired, signature time: 20230527T020608Z, server time: 20230527T000431Z.", "122 minutes ahead of"],
    ["signature expired (server time: 20230527T020608Z; signature time: 20230527T000431Z)", "122 minutes behind"],
    ["signature expired, signature time:2023-05-27T00:04:31Z,server time:2023-05-27T02:06:08Z", "122 minutes behind"],
    ["signature expired, signature time:2023-05-27 00:04:31,server time:2023-05-27 02:06:08", "122 minutes behind"],
    [
      "signature expired, signature time:20230527T000000Z,server time:20230527T001501Z",
      "15 minutes and 1 second behind",
    ],
    [
      "signature expired, signature time:20230527T001502Z,server time:20230527T000000Z",
      "15 minutes and 2 seconds ahead",
    ],
    ["signature expired, signature time:20230527T000000Z,server time:20230527T001530Z", "16 minutes behind"],
    ["signature expired, signature time:20230527T000000Z,server time:20230528T000000Z", "1440 minutes behind"],
  ])("%s", async (text, told) => {
    for (const minutes of [undefined, 0, -600]) {
      expect(await noted(text, minutes)).toContain(`This machine's clock is ${told}`);
    }
  });

  test("15 minutes are what the gateway minds nothing of", async () => {
    const text = "signature expired, signature time:20230527T000000Z,server time:20230527T001500Z";
    expect(await noted(text, 60)).not.toContain("clock");
  });

  test("where it names neither, or in no way that can be read, Date does", async () => {
    const text = "signature expired, signature time:soon,server time:20231327T000000Z";
    expect(await noted(text, 60)).toContain("60 minutes behind");
    expect(await noted(text)).not.toContain("clock");
  });
});

test.each<[number, string]>([
  [-901, "15 minutes and 1 second ahead of"],
  [903, "15 minutes and 3 seconds behind"],
])("by Date too, %i seconds are not rounded away", async (seconds, told) => {
  const now = Date.parse("2026-11-25T02:19:00Z");
  const headers = { date: new Date(now + seconds * 1000).toUTCString() };
  const server = await rawServer((socket) => socket.write(httpAnswer("401 Unauthorized", expired, headers)));
  const error = await thrownBy(clientOf(server.url, { now: () => now }).copyInstance(INSTANCE_ID));
  expect(String(error)).toContain(`clock is ${told} the service's`);
});

test.each(["Signature time is wrong", "the request has expired, sign it again", "SIGNATURE EXPIRED"])(
  "%j is of the clock too",
  async (error_msg) => {
    const body = JSON.stringify({ error_code: "APIGW.0301", error_msg });
    expect(await messageAfter("401 Unauthorized", body, 60)).toContain("clock is 60 minutes behind the service's");
  },
);

test("by Date, a part of a second beyond what the service minds counts as one", async () => {
  const now = Date.parse("2026-11-25T02:19:00Z");
  const headers = { date: new Date(now + 901_000).toUTCString() };
  const server = await rawServer((socket) => socket.write(httpAnswer("401 Unauthorized", expired, headers)));
  const error = await thrownBy(clientOf(server.url, { now: () => now + 500 }).copyInstance(INSTANCE_ID));
  expect(String(error)).toContain("clock is 15 minutes and 1 second behind the service's");
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
