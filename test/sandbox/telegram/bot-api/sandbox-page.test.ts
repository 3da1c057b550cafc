import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMethod } from '../../../../src/sandbox/telegram/bot-api/methods.js';
import { methodAtTelegram } from '../../../../src/sandbox/telegram/bot-api/methods-at-telegram.js';

const root = join(import.meta.dirname, '../../../..');

test('the page for strangers names each method that is known here, and no other', async () => {
  const list = join(root, 'src/sandbox/telegram/bot-api/methods-at-telegram.ts');
  const names = /`([^`]*)`/.exec((await readFile(list, 'utf8')).split('const names = ')[1] ?? '')?.[1];
  const known = (names?.match(/\w+/g) ?? []).filter((name) => findMethod(name) !== undefined);
  const page = await readFile(join(root, 'docs/sandbox.md'), 'utf8');
  const table = page.split('### What is known')[1]?.split('\n### ')[0] ?? '';
  const told = [...table.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  expect(told.filter((name) => methodAtTelegram(name) === name).sort()).toEqual(known.sort());
});
