import { readFileSync, writeFileSync } from 'node:fs';

export const textKeysFile = 'assets/locales/text-keys.d.ts';
const head = `// Made from assets/locales/en.ftl by \`npm run text-keys\`. Do not edit.

/** The name of every text there is, and the names of the values that it needs. */
export interface TextValues {
`;
const foot = `}

export type TextKey = keyof TextValues;
`;

/** Each text of a Fluent file in its order: its name, and the names of the values that stand in it. */
export function textsOf(fluent: string): [name: string, values: string[]][] {
  return fluent.split(/\n(?=[a-z])/i).flatMap((block) => {
    const name = /^([a-z][\w-]*) =/i.exec(block)?.[1];
    if (name === undefined) return [];
    const values = [...block.replaceAll(/^#.*$/gm, '').matchAll(/\$(\w+)/g)].map(([, value]) => value ?? '');
    return [[name, [...new Set(values)].sort()]];
  });
}

/** Many texts to a line: one each would make a file of 600 lines. */
export function textKeysSource(fluent: string): string {
  const lines: string[] = [];
  for (const [name, values] of textsOf(fluent).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const needed = values.length === 0 ? 'never' : values.map((value) => `'${value}'`).join(' | ');
    const entry = ` '${name}': ${needed};`;
    const last = lines.at(-1);
    if (last === undefined || last.length + entry.length > 110) lines.push(` ${entry}`);
    else lines[lines.length - 1] = last + entry;
  }
  return `${head}${lines.join('\n')}\n${foot}`;
}

if (import.meta.filename === process.argv[1])
  writeFileSync(textKeysFile, textKeysSource(readFileSync('assets/locales/en.ftl', 'utf8')));
