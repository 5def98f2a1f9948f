/** What came of the rows, and how it is shown. */

import type { Faults } from "./judge.ts";
import type { Row } from "./rows.ts";

type Cell = "yes" | "**no**" | "–" | "not run";

export interface Result {
  generated: Cell;
  compiled: Cell;
  calls: Cell;
  errors: Cell;
  seconds: number;
  /** What went wrong. */
  fault?: string;
}

/** The result of a row that failed at once. */
export function nothingDone({ generate, compile, call }: Row): Result {
  const cell = (step: string | undefined): Cell => (step ? "**no**" : "–");
  return { generated: cell(generate), compiled: cell(compile), calls: cell(call), errors: cell(call), seconds: 0 };
}

export function notRun(fault: string): Result {
  return { generated: "not run", compiled: "not run", calls: "not run", errors: "not run", seconds: 0, fault };
}

export function cellsOf({ calls, errors }: Faults): Partial<Result> {
  const faults = [...calls, ...errors];
  return {
    calls: calls.length > 0 ? "**no**" : "yes",
    errors: errors.length > 0 ? "**no**" : "yes",
    ...(faults.length > 0 && { fault: faults.join("\n") }),
  };
}

export function wasRun({ generated }: Result): boolean {
  return generated !== "not run";
}

/** Whether nothing failed. A row that was not run counts as green, since nothing failed there either. */
export function isGreen({ generated, compiled, calls, errors }: Result): boolean {
  return ![generated, compiled, calls, errors].includes("**no**");
}

export function outcome({ name }: Row, result: Result): string {
  const word = !wasRun(result) ? "not run" : isGreen(result) ? "green" : "NOT GREEN";
  return `${name}: ${word}, ${result.seconds} s${result.fault ? `\n${result.fault.replace(/^/gm, "    ")}` : ""}`;
}

export function table(results: Map<Row, Result>): string {
  const head = ["language", "with", "version", "from", "generated", "compiled", "three calls", "typed errors", "s"];
  const lines = [...results].map(
    ([{ language, tool, version, document = "–" }, { generated, compiled, calls, errors, seconds }]) => [
      language,
      tool,
      version,
      document,
      generated,
      compiled,
      calls,
      errors,
      String(seconds),
    ],
  );
  const widths = head.map((title, index) => Math.max(title.length, ...lines.map((line) => line[index]?.length ?? 0)));
  const format = (cells: string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(" | ")} |`;
  return [format(head), format(widths.map((width) => "-".repeat(width))), ...lines.map(format)].join("\n");
}
