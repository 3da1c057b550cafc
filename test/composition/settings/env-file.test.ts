import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../../src/composition/settings/env-file.js';

const folder = mkdtempSync(join(tmpdir(), 'aisha-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function read(bytes: Buffer | string, environment: Record<string, string> = {}) {
  files += 1;
  const path = join(folder, `${files}.env`);
  writeFileSync(path, bytes);
  return readSettings(path, environment).variables;
}

const text = 'FAL_KEY=abc\r\nexport TELEGRAM_BOT_TOKEN="1:a" # mine\r\nHTTP_PORT = 8081\r\n';
const meant = { FAL_KEY: 'abc', TELEGRAM_BOT_TOKEN: '1:a', HTTP_PORT: '8081' };
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe('a settings file is read whole', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as Windows saves it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 the other way round', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['lines of an old Mac', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ])('%s', (_name, bytes) => {
    expect(read(bytes)).toEqual(meant);
  });

  test('a value in quotes may have several lines', () => {
    expect(read('A="one\ntwo"\nB=3\n')).toEqual({ A: 'one\ntwo', B: '3' });
  });

  test('what the environment has wins', () => {
    expect(read('A=file\nB=file\n', { A: 'environment' })).toEqual({ A: 'environment', B: 'file' });
  });
});

describe('or refused, never half', () => {
  test.each([
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['Latin letters of an old code page', Buffer.from('NAME=caf\xe9\n', 'latin1')],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ])('%s', (_name, bytes) => {
    expect(() => read(bytes)).toThrow(/is not a text file in UTF-8 or UTF-16. Save it again as UTF-8/);
  });

  test('all lines that say nothing are named', () => {
    expect(() => read('FAL_KEY abc\nA=1\n\n# fine\nTELEGRAM_BOT_TOKEN: 1:a\n')).toThrow(
      /line 1 .*\n.*line 5 /,
    );
  });
});

test('no file is no trouble', () => {
  expect(readSettings(join(folder, 'none'), { A: '1' })).toEqual({ variables: { A: '1' }, file: null });
});
