/** What the same calls must end as where the server speaks HTTP/2 and breaks off streams and connections. */
import type { MisbehaviourName } from "../stand-in/misbehaviours.ts";
import { BROKEN, type Create, type Run } from "./run.ts";

const CODES = [
  "no-error",
  "protocol-error",
  "internal-error",
  "flow-control-error",
  "settings-timeout",
  "stream-closed",
  "frame-size-error",
  "cancel",
  "compression-error",
  "connect-error",
  "enhance-your-calm",
  "inadequate-security",
] as const;

export async function conformOverHttp2(run: Run, create: Create): Promise<void> {
  const start = (id: string) => create().copyInstance(id);
  for (const code of CODES) {
    const misbehave = `rst-${code}` as MisbehaviourName;
    await run.check(`RST_STREAM, ${code}`, BROKEN, start, { orders: [{ misbehave }] });
  }
  // These two say that nothing was done, so that the runtime may send the request again: https://www.rfc-editor.org/rfc/rfc9113#section-8.7
  const refused = { orders: [{ misbehave: "rst-refused-stream" }], about: "refused stream" } as const;
  await run.check("RST_STREAM, refused-stream", BROKEN, start, refused);
  const unprocessed = { orders: [{ misbehave: "goaway-unprocessed" }], about: "unprocessed" } as const;
  await run.check("GOAWAY before the request", BROKEN, start, unprocessed);
  await run.check("GOAWAY after the request", BROKEN, start, { orders: [{ misbehave: "goaway" }], about: "kept" });
  await run.check("after all that", "started", start);
  // A browser turns to HTTP/1.1 for good after this.
  await run.check("RST_STREAM, http-1-1-required", BROKEN, start, { orders: [{ misbehave: "rst-http-1-1-required" }] });
}
