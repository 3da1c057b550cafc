import type { SourceFile } from './import-rules.js';

/** Constructors that take more than six parameters. One object of named parts is one. */
export const wideConstructors = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return [...code.matchAll(/\bconstructor\(/g)]
      .map(({ index }) => parametersFrom(code, index + 'constructor('.length))
      .filter((count) => count > 6)
      .map((count) => `${path}: a constructor takes ${count} parameters`);
  });

function parametersFrom(code: string, start: number): number {
  const parts = [''];
  for (let at = start, depth = 0; at < code.length; at += 1) {
    const letter = code[at] ?? '';
    if (depth === 0 && letter === ')') break;
    if ('([{<'.includes(letter)) depth += 1;
    // The end of an arrow closes nothing.
    if (')]}'.includes(letter) || (letter === '>' && code[at - 1] !== '=')) depth -= 1;
    if (depth === 0 && letter === ',') parts.push('');
    else parts.push(`${parts.pop()}${letter}`);
  }
  return parts.filter((part) => part.trim() !== '').length;
}

/** Places in the application that take every store: a use case names those it touches. */
export const unnarrowedStores = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path }) => /^src\/application\/(?!ports\/)/.test(path))
    .flatMap(({ path, text }) =>
      [...text.replace(/^import [^;]*;$/gm, '').matchAll(/(?<!Pick<|keyof )\bStores\b|\bDatabase\b(?!<)/g)]
        .filter(({ index }) => !/^\s*(?:\*|\/[/*])/.test(lineAt(text, index)))
        .map(([name]) => `${path} takes all of ${name}`),
    );

const lineAt = (text: string, index: number): string => text.slice(text.lastIndexOf('\n', index) + 1, index);

/** Use cases that are made by hand: they belong to the modules of the composition. */
export const builtByHand = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path }) => !/^src\/(application|domain)\//.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/import \{([^}]*)\} from '[./]*\/application\/(?!jobs|policy|ports|input)[^']*'/g)]
        .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
        .filter((name) => new RegExp(`\\bnew ${name}\\(`).test(text) && !name.endsWith('Input'))
        .map((name) => `${path} builds ${name}`),
    );
