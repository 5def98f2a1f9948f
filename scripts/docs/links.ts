/** Where things are on the pages, and links to them. The addresses are Redoc's. */
import type { Call } from "../lib/document.ts";
import { slug } from "./headings.ts";
import { WORDS } from "./words.ts";

type Place = Pick<Call, "service" | "operation">;

export function addressOf({ service, operation }: Place): string {
  return `/${service}/${operation.operationId}`.toLowerCase();
}

/** A place inside a call, such as `t=request&path=backup_format`, in the form that Redoc has for it. */
export function placeIn(call: Place, place: string): string {
  const address = addressOf(call);
  return `${address}#${address.slice(1)}/${place}`.toLowerCase();
}

export function errorAddressOf(call: Place): string {
  return placeIn(call, "error-codes");
}

/** Where a row of the error codes is. One code may have several, each with a status of its own. */
export function errorRowOf(call: Place, status: number, code: string): string {
  return placeIn(call, `error-codes/${status}/${code}`);
}

/** Each call by its operationId and by its method and path, and each security scheme by its name. */
export function targetsOf(calls: Call[]): Map<string, string> {
  const schemes = Object.entries(WORDS.en.tables.schemes).map(
    ([name, title]) => [name, `/section/${slug(title)}`] as const,
  );
  const names = calls.flatMap((call) => {
    const { method, path, operation } = call;
    return [operation.operationId, `${method.toUpperCase()} ${path}`].map((name) => [name, addressOf(call)] as const);
  });
  return new Map([...schemes, ...names]);
}

/** In every description, makes a link of each target that is named in code. A call does not lead to itself. */
export function linkNames(node: unknown, targets: ReadonlyMap<string, string>, own?: string): void {
  if (typeof node !== "object" || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === "description" && typeof value === "string") {
      Object.assign(node, { [key]: withTargets(value, targets, own) });
    } else {
      const { operationId = "" } = (value ?? {}) as { operationId?: string };
      linkNames(value, targets, targets.get(operationId) ?? own);
    }
  }
}

function withTargets(text: string, targets: ReadonlyMap<string, string>, own: string | undefined): string {
  return text.replace(/(?<![[`])`([^`\n]+)`(?![\]`])/g, (code, name: string) => {
    const address = targets.get(name.split("?")[0] ?? "");
    return address === undefined || address === own ? code : `[${code}](#${address})`;
  });
}
