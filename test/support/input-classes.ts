import { pathToFileURL } from 'node:url';
import { getMetadataStorage } from 'class-validator';
import { sourceFiles } from './import-rules.js';

/** A class of the application that says what somebody may send. */
export interface InputClass {
  readonly name: string;
  readonly type: new () => object;
  readonly fields: readonly string[];
}

/** What a class looks like in a source file: decorators stand in it. */
const classText = /^(?:export )?class (\w+)[^{]*\{\n([\s\S]*?)^\}/gm;
const isField = /^ {2}(?:readonly )?(\w+)[?!]?(?::| =).*;$/;

/** Found by reading the sources, so that none is forgotten. */
export async function inputClasses(): Promise<InputClass[]> {
  const found: InputClass[] = [];
  for (const { path, text } of sourceFiles('.')) {
    if (!path.startsWith('src/application/')) continue;
    for (const [, name = '', body = ''] of text.matchAll(classText)) {
      if (!/^ {2}@/m.test(body)) continue;
      const module: Record<string, unknown> = await import(pathToFileURL(path).href);
      const type = module[name];
      if (!isClass(type)) throw new Error(`${name} of ${path} is not exported: no test can reach it`);
      const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
      found.push({ name, type, fields: [...new Set(rules.map(({ propertyName }) => propertyName))] });
    }
  }
  return found;
}

const isClass = (value: unknown): value is new () => object =>
  typeof value === 'function' && String(value).startsWith('class');

/** Fields of input classes without a decorator: nothing of what is sent ever reaches them. */
export function undecoratedFields(text: string): string[] {
  return [...text.matchAll(classText)]
    .filter(([, , body = '']) => /^ {2}@/m.test(body))
    .flatMap(([, name, body = '']) =>
      body
        .replaceAll(/ *\/\*\*[\s\S]*?\*\/\n/g, '')
        .split('\n')
        .flatMap((line, index, lines) => {
          const field = line.match(isField)?.[1];
          return field === undefined || /^ {2}[@})]/.test(lines[index - 1] ?? '') ? [] : [`${name}.${field}`];
        }),
    );
}
