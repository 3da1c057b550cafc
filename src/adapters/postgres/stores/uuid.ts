/** Ids come from buttons and command lines: what is no UUID is the id of nothing, not an error of the database. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The least and the greatest UUID that begins with these letters; null when none does. */
export function uuidsFrom(beginning: string): { readonly least: string; readonly most: string } | null {
  const digits = beginning.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return null;
  const filled = (digit: string) => {
    const all = digits.padEnd(32, digit);
    return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join('-');
  };
  return { least: filled('0'), most: filled('f') };
}
