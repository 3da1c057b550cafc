import { expect, test } from 'vitest';
import { loadConfig } from '../../src/composition/settings/config.js';
import { startUpBox } from '../../src/program/start-up-box.js';

const ports = { port: 8080, statusPort: null };
const linesOf = (variables: Record<string, string>, settingsFile: string | null = null) =>
  startUpBox(loadConfig(variables), { ports, settingsFile, pictures: { from: 3, to: 12 } })
    .trimEnd()
    .split('\n');

test('the box fits a terminal of 80 columns, however long its paths are', () => {
  const folder = `/srv/${'a-rather-long-name/'.repeat(8)}data`;
  const lines = linesOf({ DATA_DIR: folder }, `/etc/${'x'.repeat(200)}/.env`);
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80);
  expect(new Set(lines.map((line) => [...line].length)).size).toBe(1);
  const text = lines.map((line) => line.slice(2, -2).trim()).join('');
  expect(text).toContain(`${folder}/media`);
  expect(text).toContain('x'.repeat(200));
});

test('what is to be typed stands in one line', () => {
  expect(
    linesOf({}).some((line) =>
      line.includes('npm run -s aisha -- generate --avatar demo-portrait "in armor"'),
    ),
  ).toBe(true);
});
