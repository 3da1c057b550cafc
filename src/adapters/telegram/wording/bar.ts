const cells = 10;

/** How far something is, 0-1, as a bar. */
export function bar(share: number): string {
  const full = Math.floor(share * cells);
  return '▰'.repeat(full) + '▱'.repeat(cells - full);
}
