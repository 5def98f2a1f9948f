/** No eight letters and digits that stand together in a secret are told, however the service echoes them, and nothing else is cut. */
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ApiError } from "../src/index.ts";
import { createOpenApiClients } from "../src/openapi-fetch.ts";
import { Secrets } from "../src/secrets.ts";
import { clientOf, INSTANCE_ID, PROJECT_ID, thrownBy } from "./support.ts";

/** With symbols so close together that hardly any eight letters stand beside each other. */
const DENSE = "Zu9/sEcr3t+Key==gQpj/b+i1z/b3V0aC+9qW==";
const TOKEN = `MIIFvgYJKoZIhvcNAQcCoIIFrz/CCBas+CAQExDTALBg${"lghkgBZQMEAgEwggSmBgkqhkiG9/0BBwGgggSX+BIIEk".repeat(8)}==`;

/** All ways of reading a text that this package promises to see through, written apart from it: escapes are decoded, not dropped. */
function readingsOf(text: string): string[] {
  const readings = [text];
  for (let reading = text; ; ) {
    const next = reading
      .replace(/%([\da-f]{2})|\\u([\da-f]{4})|&#x([\da-f]+);/gi, (_, ...codes: string[]) =>
        String.fromCharCode(Number.parseInt(codes[0] ?? codes[1] ?? codes[2] ?? "", 16)),
      )
      .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replace(/&(?:quot|lt|gt);|\\[nrt]/g, " ")
      .replaceAll("&amp;", "&");
    if (next === reading) {
      return [...readings, ...readings.map((one) => one.replace(/<[^<>]*>/g, ""))];
    }
    reading = next;
    readings.push(reading);
  }
}

const lettersOf = (text: string) => text.replace(/[^a-z0-9]/gi, "").toLowerCase();

/** The eight letters and digits of a secret that a text still tells, if any. */
function toldOf(secret: string, text: string): string | undefined {
  const letters = lettersOf(secret);
  const told = readingsOf(text).flatMap((reading) => reading.split("***").map(lettersOf));
  for (let at = 0; at + 8 <= letters.length; at++) {
    const piece = letters.slice(at, at + 8);
    if (told.some((part) => part.includes(piece))) {
      return piece;
    }
  }
  return undefined;
}

function secretsOf(...secrets: string[]): Secrets {
  const all = new Secrets();
  all.add(...secrets);
  return all;
}

const between = (separator: string, size: number) => (secret: string) =>
  secret.match(new RegExp(`.{1,${size}}`, "g"))?.join(separator) ?? "";
const html = (secret: string) => secret.replace(/\W/g, (c) => `&#${c.charCodeAt(0)};`);
const json = (secret: string) => secret.replace(/\W/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
const url = encodeURIComponent;

const echoes: [string, (secret: string) => string][] = [
  ["as it is", (secret) => secret],
  ["folded at 64 columns", between("\n", 64)],
  ["folded at 7 columns, with carriage returns", between("\r\n", 7)],
  ["folded, in JSON", (secret) => JSON.stringify(between("\n", 7)(secret))],
  ["folded, in JSON in JSON", (secret) => JSON.stringify(JSON.stringify(between("\r\n\t", 7)(secret)))],
  ["cut in front", (secret) => secret.slice(9)],
  ["cut at the end", (secret) => secret.slice(0, -9)],
  ["its middle alone", (secret) => secret.slice(11, 27)],
  ["its tail alone", (secret) => secret.slice(-16)],
  ["shortened in the middle", (secret) => `${secret.slice(0, 16)}...${secret.slice(-16)}`],
  ["glued to a word", (secret) => `token${secret}is`],
  ["with + read as a space", (secret) => secret.replaceAll("+", " ")],
  ["in base64url", (secret) => secret.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")],
  ["in upper case", (secret) => secret.toUpperCase()],
  ["in lower case", (secret) => secret.toLowerCase()],
  ["with zero-width spaces", between("\u200b", 5)],
  ["with soft hyphens", between("\u00ad", 6)],
  ["with marks of direction", between("\u202e", 3)],
  ["with NULs", between("\u0000", 4)],
  ["in groups of four", between(" ", 4)],
  ["with markup inside", between("<wbr>", 7)],
  ["with markup inside that has attributes", between('</em><em class="hl">', 7)],
  ["with scripts inside", between("<script>let a = 1</script>", 7)],
  ["within markup", (secret) => `<input value="${url(secret)}">`],
  ["in JSON", (secret) => JSON.stringify({ [secret]: secret })],
  ["in JSON, all escaped", json],
  ["in JSON, its slashes escaped", (secret) => secret.replaceAll("/", "\\/")],
  ["in JSON in JSON", (secret) => JSON.stringify(JSON.stringify(json(secret)))],
  ["in a URL", (secret) => `https://example.com/?x=${url(secret)}&y=1`],
  ["in a URL, in lower case", (secret) => url(secret).replace(/%../g, (code) => code.toLowerCase())],
  ["in a URL in a URL", (secret) => url(`https://example.com/?x=${url(secret)}`)],
  ["in a URL in four more", (secret) => url(url(url(url(url(secret)))))],
  ["in JSON in a URL", (secret) => url(json(secret))],
  ["in HTML", html],
  ["in HTML with zeros", (secret) => secret.replace(/\W/g, (c) => `&#0${c.charCodeAt(0)};`)],
  ["in HTML, hexadecimal", (secret) => secret.replace(/\W/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`)],
  ["in HTML in HTML", (secret) => html(secret).replaceAll("&", "&amp;")],
  ["in HTML in four more", (secret) => html(secret).replaceAll("&", `&${"amp;".repeat(4)}`)],
  ["in HTML in JSON", (secret) => html(secret).replaceAll("&", "\\u0026")],
  ["in HTML in a URL", (secret) => url(html(secret))],
];

describe.each(echoes)("an echo %s", (_, write) => {
  test.each([DENSE, TOKEN])("is not told of %s", async (token) => {
    const text = `you sent [${write(token)}] to us`;
    const body = { error_code: write(token), error_msg: text, [`x${token}`]: [text], request_id: write(token) };
    const answering = async () => Response.json(body, { status: 401 });
    const failing = async () => Promise.reject(new TypeError(text, { cause: Object.assign(new Error(text)) }));
    for (const fetch of [answering, failing, async () => new Response(text, { status: 500 })]) {
      const settings = { fetch, credentials: { token }, maxRetries: 0 };
      const error = await thrownBy(clientOf("https://a.example", settings).copyInstance(INSTANCE_ID));
      const { message, errorCode, errorMessage, requestId, cause } = error as ApiError & { cause?: Error };
      expect(message).toContain("you sen");
      const { message: first, cause: second } = cause ?? {};
      for (const shown of [message, errorCode, errorMessage, requestId, first, (second as Error)?.message]) {
        expect(toldOf(token, shown ?? "")).toBeUndefined();
      }
    }
    const { dcs } = createOpenApiClients({
      credentials: { token },
      endpoints: { dcs: "https://a.example" },
      fetch: answering,
    });
    const path = { project_id: PROJECT_ID, instance_id: INSTANCE_ID };
    const init = { params: { path }, body: {} };
    const { error } = await dcs.POST("/v2/{project_id}/instances/{instance_id}/backups", init);
    expect(toldOf(token, JSON.stringify(error))).toBeUndefined();
    for (const shown of Object.values(error ?? {})) {
      expect(toldOf(token, String(shown))).toBeUndefined();
    }
  });

  test("keeps the words around it", () => {
    expect(secretsOf(TOKEN).redact(`you sent [${write(TOKEN)}] to us`)).toMatch(/^you sent \[.*\*\*\*.*\] to us$/s);
  });
});

test("a code from which the blanks are taken out tells no secret", async () => {
  const fetch = async () => Response.json({ error_code: between(" ", 3)(DENSE), error_msg: "m" }, { status: 400 });
  const backups = clientOf("https://a.example", { fetch, credentials: { token: DENSE } });
  expect(await thrownBy(backups.copyInstance(INSTANCE_ID))).toMatchObject({ errorCode: "***==" });
});

test("what lies close between two pieces is cut with them, and what lies behind a blank is told", () => {
  const secrets = secretsOf("abcdefghijklmnop");
  expect(secrets.redact("<abcdefgh=41ijklmnop>")).toBe("<***>");
  expect(secrets.redact("abcdefgh and ijklmnop")).toBe("*** and ***");
  expect(secrets.redact(`abcdefgh${"-x".repeat(8)}ijklmnop`)).toBe("***");
  expect(secrets.redact(`abcdefgh${"-x".repeat(8)}-ijklmnop`)).toBe(`***${"-x".repeat(8)}-***`);
});

/** The characters that a header can carry, letters above all. */
const secret = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(..."AbCdEfGhIj0123456789") }, fc.integer({ min: 33, max: 126 })),
    {
      minLength: 8,
      maxLength: 60,
    },
  )
  .map((characters) => characters.map((one) => (typeof one === "number" ? String.fromCharCode(one) : one)).join(""));
const text = fc.string({ unit: "binary" });
const symbols = fc.string({ unit: "binary", maxLength: 5 }).map((any) => any.replace(/[a-z0-9]/gi, ""));

/** Eight letters or digits of a text as it stands, the parts around `***` each for itself. */
function standsTogether(one: string, shown: string): boolean {
  const letters = lettersOf(one);
  const parts = shown.split("***").map(lettersOf);
  return Array.from(letters.slice(7), (_, at) => letters.slice(at, at + 8)).some((piece) =>
    parts.some((part) => part.includes(piece)),
  );
}

test("no eight letters and digits of any secret are told, whatever stands between them", () => {
  const echo = fc.record({
    secret,
    from: fc.nat(20),
    to: fc.nat(60),
    before: text,
    after: text,
    gaps: fc.array(symbols),
  });
  fc.assert(
    fc.property(echo, ({ secret, from, to, before, after, gaps }) => {
      const piece = Array.from(secret.slice(from, from + to), (one, at) => one + (gaps[at % gaps.length] ?? ""));
      const secrets = secretsOf(secret);
      const whole = before + piece.join("") + after;
      expect(standsTogether(secret, secrets.redact(whole))).toBe(false);
      expect(standsTogether(secret, secrets.show(whole) ?? "")).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("a text that has no letter of the secret stays as it is", () => {
  fc.assert(
    fc.property(text, (any) => {
      const other = any.replace(/[abcdefgh]/gi, "x");
      expect(secretsOf("abcdefghgfedcba").redact(other)).toBe(other);
    }),
    { numRuns: 1000 },
  );
});

test("JSON stays JSON, and of its values only strings and keys change", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, key) => {
      const json = JSON.stringify({ value, [`${key}${TOKEN}`]: [TOKEN, 1234567890, true, null] });
      const shown = secretsOf(TOKEN, "1234567890").redactJson(json);
      expect(toldOf(TOKEN, shown)).toBeUndefined();
      expect(Object.values(JSON.parse(shown)).at(-1)).toEqual(["***==", 1234567890, true, null]);
      expect(secretsOf(DENSE).redactJson(json)).toBe(json);
    }),
  );
});

/** Numbers that look like chance and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("nothing is cut out of 20,000 texts of ids, codes and request ids", () => {
  const next = numbers(7);
  const made = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[next(alphabet.length)]).join("");
  const [hex, upper] = ["0123456789abcdef", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
  const base64 = `${upper}${upper.slice(0, 26).toLowerCase()}+/`;
  const secrets = secretsOf(made(base64, 16_000), made(upper, 20), made(base64, 40), made(hex, 64));
  const uuid = () => [8, 4, 4, 4, 12].map((length) => made(hex, length)).join("-");
  const cut = Array.from({ length: 20_000 }, (_, index) => {
    const date = new Date(1.7e12 + next(2 ** 31) * 60).toISOString();
    return [
      `DCS.${made("0123456789", 4)} instance ${uuid()} is being backed up, job ${made(hex, 32)} since ${date}`,
      `POST /v2/${made(hex, 32)}/instances/${uuid()}/backups?x=%2F${made(hex, 6)}, request id ${made(hex, 32)}`,
      `x-sdk-date:${date.replace(/[-:]|\.\d+/g, "")} <b>${made(upper, 16)}</b> ${made(base64, 20)}`,
    ][index % 3];
  }).filter((one = "") => secrets.redact(one) !== one);
  expect(cut).toEqual([]);
});

/** Each is searched in a fraction of a second: `npm run bench -- Redaction` measures it. A search that is not linear would never end. */
describe("a megabyte", () => {
  const long = TOKEN.repeat(40);
  const mebibyte = (unit: string) => unit.repeat(2 ** 20 / unit.length);

  test.each([
    "\\",
    "%",
    "%25",
    "&",
    "&#",
    "&amp;",
    "<",
    "<a",
    "<script>",
    "\\u0025",
    "%26%23",
    "Ab0",
    " ",
    "\u200b",
    "<%",
  ])("of %j stays as it is", (unit) => {
    expect(secretsOf(long).redact(mebibyte(unit)) === mebibyte(unit)).toBe(true);
  });

  test("of nothing but the secret becomes three stars", () => {
    expect(secretsOf(long).redact(mebibyte(long.slice(0, 2 ** 13)))).toMatch(/^\*\*\*=*$/);
  });

  test("of a secret whose letters lie far apart becomes three stars", () => {
    expect(secretsOf(long).redact(between(" ".repeat(999), 1)(TOKEN.repeat(3)))).toMatch(/^\*\*\*[ =]*$/);
  });
});

describe("the copy of an error", () => {
  const scrub = (error: unknown) => secretsOf(TOKEN).scrub(error);

  test("has the errors of an AggregateError, which name the addresses, and no secret", () => {
    const refused = (address: string) =>
      Object.assign(new Error(`connect ECONNREFUSED ${address} ${TOKEN}`), { code: "ECONNREFUSED", config: TOKEN });
    const errors = [refused("::1:443"), refused("127.0.0.1:443")];
    const cause = Object.assign(new AggregateError(errors), { code: "ECONNREFUSED" });
    const copy = scrub(new TypeError("fetch failed", { cause }));
    expect(copy.cause).toMatchObject({
      name: "AggregateError",
      code: "ECONNREFUSED",
      errors: [
        { message: "connect ECONNREFUSED ::1:443 ***==", code: "ECONNREFUSED" },
        { message: "connect ECONNREFUSED 127.0.0.1:443 ***==", code: "ECONNREFUSED" },
      ],
    });
    expect((copy.cause as AggregateError).errors[0]).not.toHaveProperty("config");
  });

  test("has some of the errors where there are very many, each without those behind it", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => new Error(`${index}`, { cause: new Error("behind") }));
    const { errors } = scrub(new AggregateError(many)) as AggregateError;
    expect(errors.map(({ message }) => message)).toEqual(Array.from({ length: 16 }, (_, index) => `${index}`));
    expect(errors[0]).not.toHaveProperty("cause");
  });

  test("is made where the built-ins are frozen", () => {
    const before = Object.getOwnPropertyDescriptors(Error.prototype);
    onTestFinished(() => void Object.defineProperties(Error.prototype, before));
    for (const name of ["name", "message"]) {
      Object.defineProperty(Error.prototype, name, { writable: false });
    }
    Object.defineProperty(Error.prototype, "code", { value: "", configurable: true });
    onTestFinished(() => void Reflect.deleteProperty(Error.prototype, "code"));
    const copy = scrub(Object.defineProperty(new TypeError(TOKEN), "code", { value: "ECONNRESET" }));
    expect(copy).toMatchObject({ name: "TypeError", message: "***==", code: "ECONNRESET" });
  });

  test("keeps a code that is a number", () => {
    expect(scrub(new DOMException("aborted", "AbortError"))).toMatchObject({ name: "AbortError", code: 20 });
  });

  test("has no secret in its name, its code or its stack", () => {
    const copy = scrub(Object.assign(new Error(TOKEN), { name: TOKEN, code: TOKEN }));
    expect(copy).toMatchObject({ name: "***==", code: "***==", stack: "***==: ***==" });
  });

  test("is an error, whatever was thrown", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (thrown) => {
        for (const one of [thrown, { cause: thrown, errors: [thrown], message: thrown, code: thrown, name: thrown }]) {
          expect(scrub(one)).toBeInstanceOf(Error);
        }
      }),
    );
  });

  test("of a cause that can't be read keeps what stands before it", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const copy = scrub(new Error("before it", { cause: proxy }));
    expect(copy).toMatchObject({ message: "before it", cause: { message: "an error that can't be read" } });
  });

  test("ends where errors and causes go round", () => {
    const round = Object.assign(new Error("round"), { errors: [] as unknown[] });
    round.cause = round;
    round.errors.push(round, round, round);
    let depth = 0;
    for (let copy: unknown = scrub(round); copy; copy = (copy as Error).cause) {
      depth++;
    }
    expect(depth).toBe(5);
  });
});

describe("a line that is shown", () => {
  test("has no secret that the markup around it kept apart", () => {
    const apart = `${TOKEN.slice(0, 6)}<style>b{color:red}</style>${TOKEN.slice(6, 12)}`;
    expect(secretsOf(TOKEN).show(`you sent ${apart}.`)).toBe("you sent ***.");
  });

  test("has no secret that is cut", () => {
    expect(secretsOf(TOKEN).show(`sent ${TOKEN}`, 9)).toBe("sent ***=…");
    expect(secretsOf(TOKEN).show(TOKEN, 30)).toBe("***==");
  });

  test("is undefined where nothing is left of it", () => {
    expect(secretsOf(TOKEN).show("<p>\u0000</p>")).toBeUndefined();
  });
});
