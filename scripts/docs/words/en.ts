import type { Words } from "../words.ts";

export const english: Words = {
  language: "English",
  page: {
    skip: "Skip to content",
    nav: "This site",
    try: "Try it on the stand-in",
    noscript: "This page needs JavaScript. The OpenAPI document that it shows is in the package huaweicloud-backup.",
  },
  tables: {
    schemes: { AkSkSignature: "Signing with an access key", XAuthToken: "Calling with a token" },
    intro:
      "**Error codes.** Decide by the status first and by the code second. **Later** means that nothing was started and that the state passes by itself; **look first**, that a backup may have been started, so look at the list of backups before asking again.",
    introOfReads:
      "**Error codes.** Decide by the status first and by the code second. **Later** means that the same request may work later. This call starts nothing, so it may be repeated after any answer.",
    service: (name: string, count: number) => `Codes of ${name} (${count})`,
    gateway: (count: number) => `Codes of the gateway in front of it (${count})`,
    prefixes: "A code with `APIG.` in place of `APIGW.` means the same.",
    columns: ["Status", "Code", "Meaning and what to do", "Ask again?"],
    retry: { never: "No", later: "Later", unknown: "Look first" },
    comma: ", ",
    space: " ",
  },
  try: {
    title: "Try the three calls",
    intro:
      "What you send here goes to the stand-in on this machine. It checks requests as the services do and makes no backup anywhere.",
    docs: "Docs",
    call: "Call",
    token: "Token (X-Auth-Token)",
    tokenHint: "The token of the stand-in. Change it to see how a wrong one is refused.",
    body: "Request body",
    example: "Fill in an example",
    answer: "Answer to ask for",
    own: "its own, as the request deserves",
    send: "Send",
    sending: "Sending…",
    result: "Answer",
    nothing: "Nothing has been sent yet.",
    status: "Status",
    headers: "Headers",
    failed: "No answer",
    curl: "The same with curl",
    answerBody: "Body",
  },
  redoc: {
    keys: {},
    texts: {
      "`API docs by`": "`Docs made by Redoc`",
      ">API docs by<": ">Docs made by Redoc<",
    },
  },
};
