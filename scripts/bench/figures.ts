/** A figure, with its aim where it misses that. */
export function aimed(figure: number, aim?: { least?: number; most?: number }): string {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = aim ?? {};
  const shown = Number(figure.toFixed(2));
  return `${figure.toFixed(2)}${shown < least || shown > most ? ` (aim ${aim?.least ?? aim?.most})` : ""}`;
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
