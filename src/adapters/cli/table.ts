type Cell = string | number | Date | null;

/** Rows as text with aligned columns. A dash stands for `null`. */
export function table(heading: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  const lines = [heading, ...rows.map((row) => row.map(textOf))];
  const widths = heading.map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function textOf(cell: Cell): string {
  if (cell === null) return '–';
  return cell instanceof Date ? cell.toISOString() : String(cell);
}
