import { type Document, resolve } from "../lib/document.ts";

/**
 * The document without the components that nothing refers to, since generators would make a class of each. Security schemes are referred to
 * by name, not by `$ref`, and stay.
 */
export function removeUnused(document: Document): Document {
  const { components, ...rest } = document;
  const used = findRefs(rest, document);
  const entries = Object.entries(components).map(([kind, members]): [string, object] => [
    kind,
    kind === "securitySchemes"
      ? members
      : Object.fromEntries(Object.entries(members).filter(([name]) => used.has(`#/components/${kind}/${name}`))),
  ]);
  const kept = Object.fromEntries(entries.filter(([, members]) => Object.keys(members).length > 0));
  // The compiler does not see that only members are left out.
  return { ...document, components: kept as unknown as Document["components"] };
}

/** All that a part of the document refers to, directly or through what it refers to. */
function findRefs(part: unknown, document: Document, found = new Set<string>()): Set<string> {
  if (typeof part !== "object" || part === null) {
    return found;
  }
  for (const [key, value] of Object.entries(part)) {
    if (key !== "$ref" || typeof value !== "string") {
      findRefs(value, document, found);
    } else if (!found.has(value)) {
      found.add(value);
      findRefs(resolve(document, { $ref: value }), document, found);
    }
  }
  return found;
}
