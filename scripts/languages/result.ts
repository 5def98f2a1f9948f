/** What came of the rows, and how it is shown. */
import type { Faults } from "./judge.ts";
import type { Row } from "./rows.ts";

/** The columns of the printed table. A row has those that fit its kind. */
const columns = {
  generated: "generated",
  compiled: "compiled",
  valid: "valid",
  calls: "three calls",
  errors: "typed errors",
  finds: "finds backups",
  signed: "signed with a key",
} as const;

type Column = keyof typeof columns;
type Cell = "yes" | "**no**" | "–" | "not run";

export interface Result {
  cells: Partial<Record<Column, Cell>>;
  seconds: number;
  /** What went wrong. */
  fault?: string;
}

/** What is checked of a row. */
function columnsOf({ kind, generate, compile, call, signing, startsAlone }: Row): Column[] {
  const called: Record<Row["kind"], Column[]> = {
    client: startsAlone ? ["calls"] : ["calls", "errors", "finds", ...(signing ? (["signed"] as const) : [])],
    sdk: ["calls", "errors", "signed"],
    schemathesis: ["calls", "errors"],
    signing: ["signed"],
    validator: ["valid"],
  };
  return [
    ...(generate ? (["generated"] as const) : []),
    ...(compile ? (["compiled"] as const) : []),
    ...(call ? called[kind] : []),
  ];
}

/** The result of a row that failed at once. */
export function nothingDone(row: Row): Result {
  return { cells: Object.fromEntries(columnsOf(row).map((column) => [column, "**no**"])), seconds: 0 };
}

export function notRun(row: Row, fault: string): Result {
  return { cells: Object.fromEntries(columnsOf(row).map((column) => [column, "not run"])), seconds: 0, fault };
}

/** The cells of a row that made its calls. */
export function cellsOf(row: Row, faults: Faults): Pick<Result, "cells" | "fault"> {
  const of = (column: Column): string[] => (column in faults ? (faults[column as keyof Faults] ?? []) : []);
  const called = columnsOf(row).filter((column) => column !== "generated" && column !== "compiled");
  const all = called.flatMap((column) => of(column).map((fault) => `${columns[column]}: ${fault}`));
  return {
    cells: Object.fromEntries(called.map((column) => [column, of(column).length > 0 ? "**no**" : "yes"])),
    ...(all.length > 0 && { fault: all.join("\n") }),
  };
}

export function wasRun({ cells }: Result): boolean {
  return !Object.values(cells).includes("not run");
}

/** Nothing failed; so nothing did in a row that was not run. */
export function isGreen({ cells }: Result): boolean {
  return !Object.values(cells).includes("**no**");
}

export function outcome({ name }: Row, result: Result): string {
  const word = !wasRun(result) ? "not run" : isGreen(result) ? "green" : "NOT GREEN";
  return `${name}: ${word}, ${result.seconds} s${result.fault ? `\n${result.fault.replace(/^/gm, "    ")}` : ""}`;
}

export function table(results: Map<Row, Result>): string {
  const shown = Object.keys(columns) as Column[];
  const head = ["language", "with", "version", "from", ...shown.map((column) => columns[column]), "s"];
  const lines = [...results].map(([{ language, tool, version, document = "–" }, { cells, seconds }]) => [
    language,
    tool,
    version,
    document,
    ...shown.map((column) => cells[column] ?? "–"),
    String(seconds),
  ]);
  const widths = head.map((title, index) => Math.max(title.length, ...lines.map((line) => line[index]?.length ?? 0)));
  const format = (cells: string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [format(head), format(widths.map((width) => "-".repeat(width))), ...lines.map(format)].join("\n");
}
