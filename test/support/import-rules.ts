import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface SourceFile {
  /** Path below the root with `/`, e.g. `src/domain/avatar/avatar.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below `root/src`. */
export function sourceFiles(root: string): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `src/${name.replaceAll('\\', '/')}`;
      return { path, text: readFileSync(join(root, path), 'utf8') };
    });
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Everything a file imports: packages by name, files by their path below the root. */
export function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(importPattern)].map(([, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? '';
    if (!target.startsWith('.')) return target;
    return relative('.', resolve(dirname(path), target))
      .replaceAll('\\', '/')
      .replace(/\.js$/, '.ts');
  });
}

const domain = [
  'domain',
  'domain/text',
  'domain/avatar',
  'domain/generation',
  'domain/hooks',
  'domain/operator',
  'domain/payments',
  'domain/training',
];
const ground = [
  ...domain,
  'application/ports',
  'application/policy',
  'application/input',
  'application/jobs',
];
const capabilities = (...names: readonly string[]) => [
  ...ground,
  ...names.map((name) => `application/${name}`),
];
const belowAvatars = capabilities('account', 'gallery');
const belowGeneration = capabilities('account', 'gallery', 'avatars');
const belowTraining = capabilities('account', 'gallery', 'avatars', 'generation');
const belowPersonalData = capabilities(
  ...['account', 'gallery', 'avatars', 'generation', 'composer', 'training', 'payments', 'operator', 'hooks'],
);
const core = [...belowPersonalData, 'application/personal-data', 'application/upkeep'];

/** The parts of the house, lowest first, and which others each of them may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain/text'],
  'domain/text': [],
  'domain/avatar': ['domain', 'domain/text'],
  'domain/generation': ['domain', 'domain/text', 'domain/avatar'],
  'domain/hooks': ['domain'],
  'domain/operator': [
    ...['domain', 'domain/text', 'domain/avatar', 'domain/generation', 'domain/payments', 'domain/training'],
  ],
  'domain/payments': ['domain', 'domain/text'],
  'domain/training': ['domain', 'domain/text', 'domain/avatar', 'domain/generation'],
  'application/ports': domain,
  'application/policy': [...domain, 'application/ports'],
  'application/input': domain,
  'application/jobs': [...domain, 'application/ports', 'application/policy'],
  'application/account': ground,
  'application/gallery': ground,
  'application/hooks': ground,
  'application/payments': capabilities('account'),
  'application/operator': capabilities('account', 'payments'),
  'application/avatars': belowAvatars,
  'application/generation': belowGeneration,
  'application/composer': belowTraining,
  'application/training': belowTraining,
  'application/personal-data': belowPersonalData,
  'application/upkeep': [...belowPersonalData, 'application/personal-data'],
  adapters: core,
  // Strangers like the real fal and Telegram: they know nothing of ours.
  sandbox: [],
  composition: [...core, 'adapters', 'sandbox'],
  program: [...core, 'adapters', 'composition', 'top'],
  top: [...core, 'adapters', 'composition', 'program'],
};

/** Packages that a layer may use; the others may use all but those of the wiring. */
const packages: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  application: ['class-validator', 'node:net', 'node:stream'],
};
const wiring = ['inversify', 'reflect-metadata'];
const mayWire = ['composition', 'program', 'top'];

/** The part of the house that a file belongs to. Throws for a file in none. */
export function partOf(path: string): string {
  const [, layer = '', folder = ''] = path.split('/');
  if (layer.endsWith('.ts')) return 'top';
  if (folder !== '' && !folder.endsWith('.ts') && `${layer}/${folder}` in mayImport)
    return `${layer}/${folder}`;
  if (layer in mayImport) return layer;
  throw new Error(`${path} belongs to no part of the house`);
}

/** Every import that breaks a rule of the house, as a sentence. Throws when there is nothing to judge. */
export function violations(files: readonly SourceFile[]): string[] {
  if (files.length === 0) throw new Error('the architecture test scanned no file');
  const found = files.reduce((count, file) => count + importsOf(file).length, 0);
  if (found === 0) throw new Error('the architecture test found no import');
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !allowed(file.path, target))
      .map((target) => `${file.path} may not import ${target}`),
  );
}

function allowed(path: string, target: string): boolean {
  const part = partOf(path);
  if (!target.startsWith('src/')) {
    const own = packages[part.split('/')[0] ?? ''];
    if (own !== undefined) return own.includes(target);
    return mayWire.includes(part) || !wiring.includes(target);
  }
  if (isWayIn(path) && target === allStores) return false;
  const other = partOf(target);
  // Adapters never import one another: what two of them share belongs to the application.
  if (part === 'adapters' && other === 'adapters') return folderOf(path) === folderOf(target);
  return other === part || (mayImport[part] ?? []).includes(other);
}

/** A way in asks, and keeps what is its own (`WayInDatabase`): what else is changed, a use case changes. */
const isWayIn = (path: string): boolean => /^src\/adapters\/(cli|http|telegram)\//.test(path);
const allStores = 'src/application/ports/stores/stores.ts';

const folderOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** Files that import each other in a circle, types included; each circle once. */
export function circles(files: readonly SourceFile[]): string[][] {
  const graph = new Map(
    files.map((file) => [file.path, importsOf(file).filter((to) => to.startsWith('src/'))]),
  );
  const found: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string): void => {
    const at = way.indexOf(path);
    if (at !== -1) return void found.push(way.slice(at));
    if (done.has(path)) return;
    way.push(path);
    for (const next of graph.get(path) ?? []) visit(next);
    way.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return found;
}

/** Packages that are read as soon as `entry` is: by static imports that are more than types. */
export function readAtOnce(files: readonly SourceFile[], entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const file = files.find((each) => each.path === path);
    const values = file?.text
      .replace(/^(import|export) type [^;]*;$/gm, '')
      .replace(/\bimport\([^)]*\)/g, '');
    if (values !== undefined) for (const target of importsOf({ path, text: values })) visit(target);
  };
  visit(entry);
  return found;
}
