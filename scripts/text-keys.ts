import { readFileSync, writeFileSync } from 'node:fs';

export const textKeysFile = 'assets/locales/text-keys.d.ts';
const head = `// Made from assets/locales/en.ftl by \`npm run text-keys\`. Do not edit.

/** The name of every text there is. */
export type TextKey =
`;

/** The name of every text of a Fluent file, in its order. */
export const keysOf = (fluent: string): string[] =>
  [...fluent.matchAll(/^([a-z][\w-]*) =/gim)].map(([, name]) => name ?? '');

/** Many names to a line: one each would make a file of 450 lines. */
export function textKeysSource(fluent: string): string {
  const lines: string[] = [];
  for (const name of keysOf(fluent).sort()) {
    const last = lines.at(-1);
    const entry = ` | '${name}'`;
    if (last === undefined || last.length + entry.length > 110) lines.push(` ${entry}`);
    else lines[lines.length - 1] = last + entry;
  }
  return `${head}${lines.join('\n')};\n`;
}

if (import.meta.filename === process.argv[1])
  writeFileSync(textKeysFile, textKeysSource(readFileSync('assets/locales/en.ftl', 'utf8')));
