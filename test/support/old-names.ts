import { parseAst } from 'rolldown/parseAst';
import type { SourceFile } from './import-rules.js';

/** Names that became others (`docs/glossary.md` has those), as words: `head-start` is found in `headStartSeconds`. */
const oldNames = [
  'account-of',
  'belief',
  'believed',
  'bury',
  'carry-out',
  'census',
  'courtesy',
  'desk',
  'door',
  'expectation',
  'head-start',
  'job-starter',
  'kept-as',
  'kept-weights',
  'lane',
  'memo',
  'news',
  'notice',
  'pace',
  'plant',
  'receipt-store',
  'shelf',
  'sought',
  'speaking',
  'standing',
  'stray',
  'superseded',
  'surely',
  'tend',
  'tending',
  'toolbox',
  'update-line',
  'update-log',
  'wish',
  'words-in',
  'written-down',
];
const pattern = new RegExp(`(^|-)(${oldNames.join('|')})(e?s)?(-|$)`);
/** These meant too much only where they stood alone. */
const oldTypes = ['In', 'Pause', 'Words'];

/** What lies in databases or is printed since the first release is called as it is there. */
const stored: Readonly<Record<string, readonly string[]>> = {
  'src/adapters/cli/commands/avatar.ts': ['keptAs'],
  'src/adapters/postgres/': ['courtesy', 'expectations', 'keptAs', 'memo', 'sought', 'toMemo', 'wishes'],
  'src/adapters/telegram/features/generate/unpaid-prompts.ts': ['wish'],
};

/** Every identifier and file name that uses an old name, as a sentence. Strings and comments may say anything. */
export function oldNamesIn({ path, text }: SourceFile): string[] {
  const exempt = Object.entries(stored).flatMap(([place, names]) => (path.startsWith(place) ? names : []));
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, '');
  return [file, ...identifiersOf(text)]
    .filter((name) => !exempt.includes(name) && isOld(name))
    .map((name) => `${path} uses the old name ${name}`);
}

function isOld(name: string): boolean {
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();
  return oldTypes.includes(name) || pattern.test(words);
}

function identifiersOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  JSON.stringify(parseAst(text, { lang: 'ts' }), (_, node: unknown) => {
    if (isIdentifier(node)) found.add(node.name);
    // Values of literals may be of kinds that JSON does not know.
    return typeof node === 'bigint' ? undefined : node;
  });
  return found;
}

const isIdentifier = (node: unknown): node is { name: string } =>
  typeof node === 'object' &&
  node !== null &&
  'type' in node &&
  (node.type === 'Identifier' || node.type === 'PrivateIdentifier') &&
  'name' in node &&
  typeof node.name === 'string';
