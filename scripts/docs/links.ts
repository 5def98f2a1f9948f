/** Where things are on the pages, and links to them. The addresses are Redoc's. */
import type { Call } from "../lib/document.ts";
import { slug } from "./headings.ts";
import { WORDS } from "./words.ts";

type Place = Pick<Call, "service" | "operation">;

export function addressOf({ service, operation }: Place): string {
  return `/${service}/${operation.operationId}`.toLowerCase();
}

/** Where a call's error codes are, in the form that Redoc has for a place inside a call. */
export function errorAddressOf(call: Place): string {
  const address = addressOf(call);
  return `${address}#${address.slice(1)}/error-codes`;
}

/** Each call by its operationId and by its method and path, and each security scheme by its name. */
export function targetsOf(calls: Call[]): Map<string, string> {
  const schemes = Object.entries(WORDS.en.schemes).map(([name, title]) => [name, `/section/${slug(title)}`] as const);
  const names = calls.flatMap((call) => {
    const { method, path, operation } = call;
    return [operation.operationId, `${method.toUpperCase()} ${path}`].map((name) => [name, addressOf(call)] as const);
  });
  return new Map([...schemes, ...names]);
}

/** Makes a link of each target that is named in code, but for the one at `own`, whose text it is. */
export function linkNames(text: string, targets: Map<string, string>, own?: string): string {
  return text.replace(/(?<![[`])`([^`\n]+)`(?![\]`])/g, (code, name: string) => {
    const address = targets.get(name.split("?")[0] ?? "");
    return address === undefined || address === own ? code : `[${code}](#${address})`;
  });
}
