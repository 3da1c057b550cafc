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

const layer = (path: string): string => path.split('/')[1] ?? '';
const adapter = (path: string): string => path.split('/').slice(0, 3).join('/');

/** Every import that breaks a rule of the layers, as a sentence. Throws when there is nothing to judge. */
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
  const inside = target.startsWith('src/');
  switch (layer(path)) {
    case 'domain':
      return target.startsWith('src/domain/');
    case 'application':
      if (inside) return target.startsWith('src/domain/') || target.startsWith('src/application/');
      return target === 'class-validator' || target === 'node:net' || target === 'node:stream';
    case 'adapters':
      if (target === 'inversify' || target === 'reflect-metadata') return false;
      if (!inside) return true;
      return (
        target.startsWith('src/domain/') ||
        target.startsWith('src/application/') ||
        target.startsWith(`${adapter(path)}/`)
      );
    default:
      return true;
  }
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
