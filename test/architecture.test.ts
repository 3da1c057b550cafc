import { describe, expect, it } from 'vitest';
import { importsOf, readAtOnce, sourceFiles, violations } from './support/import-rules.js';

const files = sourceFiles('.');
const innocent = { path: 'src/domain/avatar/avatar.ts', text: "import { a } from './ids.js';\n" };

describe('the hexagon', () => {
  it('holds: nothing imports what its layer may not know', () => {
    expect(violations(files)).toEqual([]);
  });

  it.each([
    ['src/domain/a.ts', "import { x } from '../application/policy.js';"],
    ['src/domain/a.ts', "import pg from 'pg';"],
    ['src/domain/a.ts', "import { readFile } from 'node:fs';"],
    ['src/application/a.ts', "import type { Bot } from 'grammy';"],
    ['src/application/a.ts', "import { x } from '../adapters/fal/fal-wire.js';"],
    ['src/application/ports/a.ts', "export type { x } from '../../adapters/fal/fal-wire.js';"],
    ['src/adapters/fal/a.ts', "import { x } from '../telegram/bot.js';"],
    ['src/adapters/fal/a.ts', "const x = await import('../media/media-key.js');"],
    ['src/adapters/fal/a.ts', "import { inject } from 'inversify';"],
    ['src/adapters/fal/a.ts', "import { compose } from '../../composition-root.js';"],
    ['src/adapters/fal/a.ts', "import 'reflect-metadata';"],
  ])('would notice in %s: %s', (path, text) => {
    expect(violations([innocent, { path, text }])).toHaveLength(1);
  });

  it('fails when it has nothing to judge', () => {
    expect(() => violations([])).toThrow('no file');
    expect(() => violations([{ path: 'src/domain/a.ts', text: '' }])).toThrow('no import');
  });

  it('reads the imports of this project', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(importsOf)).toContain('src/domain/generation/generation.ts');
  });
});

describe('the house', () => {
  it('keeps its files short', () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 300).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('reads nothing of the bot for a command that needs none', () => {
    const atOnce = readAtOnce(files, 'src/main.ts');
    expect(atOnce).toContain('src/program/diagnose.ts');
    expect(
      [...atOnce].filter((path) => path === 'grammy' || path.startsWith('src/adapters/telegram/')),
    ).toEqual([]);
  });

  it('does nothing on import except in main.ts', () => {
    const active = files
      .filter(({ path, text }) => path !== 'src/main.ts' && /^(await |process\.|console\.)/m.test(text))
      .map(({ path }) => path);
    expect(active).toEqual([]);
  });
});
