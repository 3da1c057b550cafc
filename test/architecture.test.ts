import { describe, expect, it } from 'vitest';
import { avatarTypes } from '../src/domain/avatar/avatar-type.js';
import { presetNames } from '../src/domain/generation/preset.js';
import { trainingSpeeds } from '../src/domain/training/training-order.js';
import { circles, importsOf, readAtOnce, sourceFiles, violations } from './support/import-rules.js';
import { oldNamesIn } from './support/old-names.js';
import { builtByHand, unnarrowedStores, wideConstructors } from './support/shape-rules.js';

const files = sourceFiles('.');
const innocent = { path: 'src/domain/avatar/avatar.ts', text: "import { a } from '../ids.js';\n" };

describe('the hexagon', () => {
  it('holds: nothing imports what its part may not know', () => {
    expect(violations(files)).toEqual([]);
  });

  it.each([
    ['src/domain/a.ts', "import { x } from '../application/policy/policy.js';"],
    ['src/domain/a.ts', "import pg from 'pg';"],
    ['src/domain/a.ts', "import { readFile } from 'node:fs';"],
    ['src/domain/a.ts', "import type { x } from './avatar/avatar.js';"],
    ['src/domain/avatar/a.ts', "import type { x } from '../generation/generation.js';"],
    ['src/domain/generation/a.ts', "import type { x } from '../training/training.js';"],
    ['src/application/generation/a.ts', "import type { Bot } from 'grammy';"],
    ['src/application/generation/a.ts', "import { x } from '../../adapters/fal/fal-wire.js';"],
    ['src/application/ports/a.ts', "export type { x } from '../../adapters/fal/fal-wire.js';"],
    ['src/application/ports/a.ts', "import { x } from '../policy/policy.js';"],
    ['src/application/policy/a.ts', "import { x } from '../jobs/lease.js';"],
    ['src/application/jobs/a.ts', "import { x } from '../generation/generation-kind.js';"],
    ['src/application/gallery/a.ts', "import { x } from '../avatars/find-avatar.js';"],
    ['src/application/avatars/a.ts', "import { x } from '../generation/generation-kind.js';"],
    ['src/application/generation/a.ts', "import { x } from '../training/make-proof.js';"],
    ['src/application/composer/a.ts', "import { x } from '../training/make-proof.js';"],
    ['src/application/training/a.ts', "import { x } from '../personal-data/delete-user.js';"],
    ['src/application/personal-data/a.ts', "import { x } from '../upkeep/sweep.js';"],
    ['src/adapters/cli/a.ts', "import type { Database } from '../../application/ports/stores/stores.js';"],
    ['src/adapters/http/a.ts', "import type { Stores } from '../../application/ports/stores/stores.js';"],
    ['src/adapters/telegram/a.ts', "import type { Stores } from '../../application/ports/stores/stores.js';"],
    ['src/adapters/fal/a.ts', "import { x } from '../telegram/bot.js';"],
    ['src/adapters/fal/a.ts', "const x = await import('../media/media-key.js');"],
    ['src/adapters/fal/a.ts', "import { inject } from 'inversify';"],
    ['src/adapters/fal/a.ts', "import { compose } from '../../composition/composition-root.js';"],
    ['src/adapters/fal/a.ts', "import { x } from '../../sandbox/fal/assembly.js';"],
    ['src/adapters/fal/a.ts', "import 'reflect-metadata';"],
    ['src/sandbox/fal/a.ts', "import type { x } from '../../domain/ids.js';"],
    ['src/composition/a.ts', "import { x } from '../program/serve.js';"],
    ['src/program/a.ts', "import { x } from '../sandbox/fal/assembly.js';"],
  ])('would notice in %s: %s', (path, text) => {
    expect(violations([innocent, { path, text }])).toHaveLength(1);
  });

  it('has no circles, not even of types', () => {
    expect(circles(files)).toEqual([]);
    const a = { path: 'src/domain/a.ts', text: "import type { B } from './b.js';" };
    const b = { path: 'src/domain/b.ts', text: "import type { A } from './a.js';" };
    expect(circles([a, b])).toEqual([[a.path, b.path]]);
  });

  it('knows where each file belongs', () => {
    const stray = { path: 'src/application/a.ts', text: "import { x } from './b.js';" };
    expect(() => violations([stray])).toThrow('belongs to no part of the house');
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
  it('shows its capabilities', () => {
    const known = [
      ...['account', 'avatars', 'composer', 'gallery', 'generation', 'hooks', 'input', 'jobs'],
      ...['operator', 'payments', 'personal-data', 'policy', 'ports', 'training', 'upkeep'],
    ];
    expect(capabilities(files)).toEqual(known);
    const planted = { path: 'src/application/utils/a.ts', text: '' };
    expect(capabilities([...files, planted])).not.toEqual(known);
  });

  it('keeps its folders small', () => {
    expect(crowded(files)).toEqual([]);
    const planted = Array.from({ length: 23 }, (_, index) => ({ path: `src/a/${index}.ts`, text: '' }));
    expect(crowded(planted)).toEqual(['src/a']);
  });

  it('keeps its files short', () => {
    expect(long(files)).toEqual([]);
    expect(long([{ path: 'src/a.ts', text: 'a;\n'.repeat(301) }])).toEqual(['src/a.ts']);
  });

  it('gives its constructors few parameters', () => {
    expect(wideConstructors(files)).toEqual([]);
    const six =
      'constructor(a: Map<A, B>, b: (x: A, y: B) => void, c: C, d: D, e: E, /* f, g */ f = [1, 2],) {}';
    const wide = six.replace('constructor(', 'constructor(private readonly g: G, ');
    const planted = [six, wide].map((text) => ({ path: 'src/adapters/fal/a.ts', text }));
    expect(wideConstructors(planted)).toEqual(['src/adapters/fal/a.ts: a constructor takes 7 parameters']);
  });

  it.each([
    'interface Parts {\n  readonly database: Database;\n}',
    'export function welcome(stores: Stores) {}',
    'const all: Promise<Stores> = open();',
  ])('has no use case that takes all stores, and would notice: %s', (text) => {
    expect(unnarrowedStores(files)).toEqual([]);
    const path = 'src/application/gallery/a.ts';
    expect(unnarrowedStores([{ path, text }])).toHaveLength(1);
    const narrowed = text
      .replace('Database', "Database<'users'>")
      .replace(/\bStores\b/, "Pick<Stores, 'users'>");
    expect(unnarrowedStores([{ path, text: narrowed }])).toEqual([]);
  });

  it.each([
    "if (preset === 'fast') return 1;",
    "if (form.preset.name !== 'quality') return 1;",
    "const isLarge = name === 'ultra';",
  ])('asks what a preset can, not what it is called, and would notice: %s', (text) => {
    const shared: readonly string[] = [...trainingSpeeds, ...avatarTypes];
    const own = presetNames.filter((name) => !shared.includes(name)).join('|');
    const any = presetNames.join('|');
    const compared = new RegExp(`preset(\\.name)?\\s*[!=]==?\\s*'(${any})'|[!=]==?\\s*'(${own})'`, 'i');
    expect(files.filter(({ text }) => compared.test(text)).map(({ path }) => path)).toEqual([]);
    expect(text).toMatch(compared);
  });

  it('has its use cases built by the composition alone', () => {
    expect(builtByHand(files)).toEqual([]);
    const text =
      "import { type Form, OpenForm } from '../../application/composer/open-form.js';\nnew OpenForm({ ids });";
    expect(builtByHand([{ path: 'src/adapters/telegram/a.ts', text }])).toHaveLength(1);
  });

  it('reads nothing of the bot for a command that needs none', () => {
    expect(readAtOnce(files, 'src/main.ts')).toContain('src/program/diagnose.ts');
    expect(readTooEarly(files)).toEqual([]);
    const main = { path: 'src/main.ts', text: "import { x } from './a.js';" };
    const planted = { path: 'src/a.ts', text: "import sharp from 'sharp';\nimport { Bot } from 'grammy';" };
    expect(readTooEarly([main, planted])).toEqual(['sharp', 'grammy']);
  });

  it('does nothing on import except in main.ts', () => {
    expect(activeOnImport(files)).toEqual([]);
    expect(activeOnImport([{ path: 'src/a.ts', text: 'console.log(1);' }])).toEqual(['src/a.ts']);
  });
});

const capabilities = (all: typeof files) =>
  [...new Set(all.flatMap(({ path }) => path.match(/^src\/application\/([^/]+)\//)?.[1] ?? []))].sort();

function crowded(all: typeof files): string[] {
  const sizes = new Map<string, number>();
  for (const { path } of all) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  return [...sizes].filter(([, size]) => size > 22).map(([folder]) => folder);
}

const long = (all: typeof files) =>
  all.filter(({ text }) => text.trimEnd().split('\n').length > 300).map(({ path }) => path);

/** What is to be read while the database starts, or not at all. */
const late = ['grammy', 'hono', 'sharp', 'kysely', 'graphile-worker', 'inversify', 'prom-client', 'yauzl'];

const readTooEarly = (all: typeof files) =>
  [...readAtOnce(all, 'src/main.ts')].filter(
    (path) => late.includes(path) || path.startsWith('src/adapters/telegram/'),
  );

const activeOnImport = (all: typeof files) =>
  all
    .filter(({ path, text }) => path !== 'src/main.ts' && /^(await |process\.|console\.)/m.test(text))
    .map(({ path }) => path);

describe('names', () => {
  it('are those of the glossary, not the ones that they replaced', () => {
    expect(files.flatMap(oldNamesIn)).toEqual([]);
  });

  it.each([
    ['src/application/avatars/tend-avatar.ts', ''],
    ['src/a.ts', 'class Parts { constructor(private readonly headStartSeconds: number) {} }'],
    ['src/a.ts', 'class Store { #keepTicketSurely() {} }'],
    ['src/a.ts', 'export interface GenerationWish { readonly id: string }'],
    ['src/a.ts', 'const row: { readonly courtesy: boolean } = read();'],
    ['src/a.ts', 'type Ready = In<"ready">;'],
  ])('would notice an old one in %s: %s', (path, text) => {
    expect(oldNamesIn({ path, text })).toHaveLength(1);
  });

  it('may be old ones in strings, comments and what is stored', () => {
    const text = "// a wish\nconst table = 'wishes';\nconst key = `wish:`;\n";
    expect(oldNamesIn({ path: 'src/a.ts', text })).toEqual([]);
    const row = { path: 'src/adapters/postgres/a.ts', text: 'interface Tables { wishes: Form }' };
    expect(oldNamesIn(row)).toEqual([]);
    expect(oldNamesIn({ ...row, path: 'src/adapters/http/a.ts' })).toHaveLength(1);
  });
});
