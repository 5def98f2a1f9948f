/** Bytes are read as what they are: UTF-8 where they are that, else as the charset that the answer names. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientOf, INSTANCE_ID, rawServer, thrownBy } from "./support.ts";

const url = "https://dcs.example.com";
type Fetch = typeof globalThis.fetch;

describe("a charset label that the bytes contradict", () => {
  const body = (message: string) => JSON.stringify({ error_code: "DCS.4063", error_msg: message });
  const utf16 = (text: string, isBigEndian = false) => {
    const bytes = Buffer.from(text, "utf16le");
    return isBigEndian ? bytes.swap16() : bytes;
  };
  const gbk = Buffer.concat([
    Buffer.from('{"error_code":"DCS.4063","error_msg":"'),
    Buffer.from("b2cecafdb4edcef3", "hex"),
    Buffer.from('"}'),
  ]);
  const answering =
    (body: BodyInit, type: string | undefined, status = 400): Fetch =>
    async () =>
      new Response(body, { status, headers: type === undefined ? {} : { "content-type": type } });
  const labels = [
    ...["utf-8", "UTF8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "latin1", "us-ascii", "windows-1252"],
    ...["gbk", "GB2312", "gb18030", "big5", "shift_jis", "euc-kr", "koi8-r", "nonsense", "x-user-defined", ""],
  ];

  test.each(labels)("is not believed of UTF-8: %j", async (label) => {
    const type = `application/json;charset=${label}`;
    const success = answering(Buffer.from('{"backup_id":"b1"}'), type, 200);
    expect(await clientOf(url, { fetch: success }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b1" });
    const chinese = answering(Buffer.from(body("参数错误")), type);
    expect(await thrownBy(clientOf(url, { fetch: chinese }).copyInstance(INSTANCE_ID))).toMatchObject({
      errorMessage: "参数错误",
    });
  });

  test.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ["GBK", gbk, "application/json; Charset=GBK"],
    ["GBK, as its older name", gbk, 'text/html; charset="gb2312"'],
    ["GBK, as its newer name", gbk, "application/json;charset=gb18030"],
    ["UTF-16", Buffer.from(utf16(body("参数错误"))), "application/json;charset=utf-16le"],
    ["UTF-16 of either order", Buffer.from(utf16(body("参数错误"))), "application/json;charset=UTF-16"],
    ["UTF-16 of the other order", Buffer.from(utf16(body("参数错误"), true)), "application/json;charset=UTF-16BE"],
    ["UTF-16 with a mark", Buffer.from(utf16(`\uFEFF${body("参数错误")}`)), "application/json;charset=UTF-16"],
    [
      "UTF-16 with the other mark",
      Buffer.from(utf16(`\uFEFF${body("参数错误")}`, true)),
      "application/json;charset=UTF-16",
    ],
    ["UTF-16 with a mark, and no charset named", Buffer.from(utf16(`\uFEFF${body("参数错误")}`)), "application/json"],
  ])("is believed of what is no UTF-8: %s", async (_, bytes, type) => {
    const inPieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(stream) {
        stream.enqueue(bytes.subarray(0, 1));
        stream.enqueue(bytes.subarray(1));
        stream.close();
      },
    });
    for (const body of [bytes, inPieces]) {
      const error = await thrownBy(clientOf(url, { fetch: answering(body, type) }).copyInstance(INSTANCE_ID));
      expect(error).toMatchObject({ errorCode: "DCS.4063", errorMessage: "参数错误" });
    }
  });

  test("is believed of a text that begins with half of a byte order mark", async () => {
    // "яблоко", an apple.
    const bytes = Buffer.from([0xff, 0xe1, 0xeb, 0xee, 0xea, 0xee]);
    const fetch = answering(bytes, "text/plain; charset=windows-1251");
    const error = await thrownBy(clientOf(url, { fetch }).copyInstance(INSTANCE_ID));
    expect(error).toHaveProperty("errorMessage", "яблоко");
  });

  test("is not needed for UTF-16 of ASCII, whose every other byte is no character", async () => {
    const bytes = Buffer.from(utf16('{"backup_id":"b1"}'));
    const fetch = answering(bytes, "application/json;charset=utf-16", 200);
    expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: "b1" });
  });

  test("changes nothing in any text, wherever the network cuts it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.constantFrom(...labels),
        fc.array(fc.nat(40), { maxLength: 5 }),
        async (text, label, cuts) => {
          const bytes = Buffer.from(JSON.stringify({ backup_id: `b${text}` }));
          const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          const parts = places.slice(1).map((end, index) => new Uint8Array(bytes.subarray(places[index], end)));
          const stream = new ReadableStream({
            start(controller) {
              for (const part of parts) {
                controller.enqueue(part);
              }
              controller.close();
            },
          });
          const headers = { "content-type": `application/json;charset=${label}` };
          const fetch = async () => new Response(stream, { headers });
          expect(await clientOf(url, { fetch }).copyInstance(INSTANCE_ID)).toEqual({ backup_id: `b${text}` });
        },
      ),
    );
  });

  test.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(body("参数错误")).subarray(0, -5), "application/json"],
    [
      "UTF-8 that is labelled otherwise",
      Buffer.from(body("参数错误")).subarray(0, -5),
      "application/json;charset=iso-8859-1",
    ],
    ["GBK", gbk.subarray(0, -3), "application/json;charset=gbk"],
  ])("does not matter to what breaks off within a character: %s", async (_, bytes, type) => {
    const server = await rawServer((socket) => {
      socket.write(`HTTP/1.1 400 X\r\ncontent-type: ${type}\r\ncontent-length: 500\r\n\r\n`);
      socket.end(bytes);
    });
    const error = await thrownBy(clientOf(server.url).copyInstance(INSTANCE_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 400, errorMessage: expect.stringMatching(/"参数错$/) });
  });
});
