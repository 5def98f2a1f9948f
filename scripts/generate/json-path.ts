/** Finds the nodes of a document that a JSONPath names, https://www.rfc-editor.org/rfc/rfc9535, as far as overlays need it. */

/** The keys that lead to a node. */
export type Path = readonly (string | number)[];

/**
 * The nodes that a target matches; undefined when it is not of the part of RFC 9535 that is read here: `.name`, `['name']`, `[0]`, `.*`,
 * `[*]`, and filters such as `[?@.name=='DCS']`, for a member, and `[?@.codes[?@=='DCS.4096'] && @.status[?@==400]]`, for an element
 * of a member. (Redocly's reader passes over an index inside a filter.)
 */
export function select(document: unknown, target: string): Path[] | undefined {
  if (!target.startsWith("$")) {
    return undefined;
  }
  let nodes: Path[] = [[]];
  for (let rest = target.slice(1); rest !== ""; ) {
    const step = STEP.exec(rest)?.groups;
    if (!step) {
      return undefined;
    }
    const { all, filter } = step;
    nodes = nodes.flatMap((node) => {
      const value = at(document, node);
      if (!isObject(value)) {
        return [];
      }
      const keys = Object.keys(value).map((key) => (Array.isArray(value) ? Number(key) : key));
      if (all) {
        return keys.map((key) => [...node, key]);
      }
      if (filter) {
        return keys.filter((key) => passes(value[key], filter)).map((key) => [...node, key]);
      }
      const key = keyOf(step);
      return keys.includes(key) ? [[...node, key]] : [];
    });
    rest = rest.slice(step["step"]?.length);
  }
  return nodes;
}

const NAME = String.raw`\.[A-Za-z_]\w*|\['[^']*'\]`;
const EQUALS = String.raw` *== *(?:'[^']*'|\d+)`;
const TEST = String.raw`@(?:${NAME})+(?:${EQUALS}|\[\?@${EQUALS}\])`;
const STEP = new RegExp(
  String.raw`^(?<step>(?<name>${NAME})|\[(?<index>\d+)\]|(?<all>\.\*|\[\*\])|\[\?(?<filter>${TEST}(?: *&& *${TEST})*)\])`,
);

function keyOf({ name = "", index }: Record<string, string | undefined>): string | number {
  return index === undefined ? name.replace(/^\.|^\['|'\]$/g, "") : Number(index);
}

function passes(value: unknown, filter: string): boolean {
  return (filter.match(new RegExp(TEST, "g")) ?? []).every((test) => {
    const [left = "", right = ""] = test.split("==").map((side) => side.trim());
    const names = left.replace(/\[\?@$/, "").match(new RegExp(NAME, "g")) ?? [];
    const found = at(
      value,
      names.map((name) => keyOf({ name })),
    );
    const wanted = right.startsWith("'") ? right.replace(/^'|'\]?$/g, "") : Number.parseInt(right, 10);
    return left.endsWith("[?@") ? Array.isArray(found) && found.includes(wanted) : found === wanted;
  });
}

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), value);
}

export function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

/** A path as a target would write it. */
export function show(path: Path): string {
  return `$${path.map((key) => (typeof key === "number" ? `[${key}]` : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key}']`)).join("")}`;
}
