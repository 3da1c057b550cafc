import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const folder = 'src/adapters/postgres/schema/migrations';
/** What a process of the release before still asks for, and finds no more. */
const takesAway = /\bdrop (table|column)\b|\brename (to|column)\b|\.(drop|rename)(Table|Column|To)\(/i;

/** Migrations after the first that could be rolled out beside an older release, with their text. */
const later = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/\d{4}-[^/]+\.ts$/.test(path) && basename(path) > '0068')
  .map((path) => ({ name: basename(path, '.ts'), text: readFileSync(`${folder}/${path}`, 'utf8') }));

test('a migration that takes away what the release before needs is named to operators', () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  const upgrade = /\n## Upgrade\n([\s\S]*?)\n## /.exec(operations)?.[1] ?? '';
  expect(upgrade).toContain('0029-open-questions');
  expect(later.filter(({ name, text }) => takesAway.test(text) && !upgrade.includes(name))).toEqual([]);
});

test.each([
  ['alter table images drop column sought', true],
  ['drop table wishes', true],
  ['alter table wishes rename to forms', true],
  ["await db.schema.alterTable('a').renameColumn('b', 'c').execute()", true],
  ['alter table images add column sought text', false],
  ['alter table alerts drop constraint alerts_kind', false],
])('%s takes away: %s', (text, does) => {
  expect(takesAway.test(text)).toBe(does);
});
