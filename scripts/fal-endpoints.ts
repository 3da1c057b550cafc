import { readFileSync, writeFileSync } from 'node:fs';

export const imageEndpointsFile = 'assets/sandbox/image-endpoints.json';
export const clientTypesFile = 'node_modules/@fal-ai/client/src/types/endpoints.d.ts';

/** What fal's client says of an endpoint that answers pictures. */
interface TypedImageEndpoint {
  /** Whether the output has a list, or one picture. */
  readonly form: 'images' | 'image';
  /** Required texts and files of the input; other kinds of fields are not looked at. */
  readonly needs: Readonly<Record<string, Need>>;
}

type Need = 'text' | 'file' | 'files';

/**
 * Ids that fal serves and its client has no types for: older names that many programs still use
 * (source: the model pages fal.ai/models/<id>).
 */
const withoutTypes: Readonly<Record<string, TypedImageEndpoint>> = {
  'fal-ai/ideogram/v1': { form: 'images', needs: { prompt: 'text' } },
  'fal-ai/recraft-v3': { form: 'images', needs: { prompt: 'text' } },
};

/** Reads `types/endpoints.d.ts` of @fal-ai/client. Names that answer a picture, sorted. */
function imageEndpointsIn(declarations: string): Record<string, TypedImageEndpoint> {
  const bodyOf = readTypes(declarations);
  const map = declarations.slice(declarations.indexOf('export type EndpointTypeMap'));
  const found = [...map.matchAll(/"([^"]+)": \{\s*input: (\w+);\s*output: (\w+);/g)].flatMap(
    ([, name = '', input = '', output = '']) => {
      const form = /^ {4}(images|image)\??: (\w+)(?:<(\w+)>)?;/m.exec(bodyOf(output));
      if (form === null || form.slice(2).includes('VideoFile')) return [];
      const endpoint = { form: form[1] as 'images' | 'image', needs: needsIn(bodyOf(input)) };
      return [[name, endpoint] as const];
    },
  );
  const all = { ...withoutTypes, ...Object.fromEntries(found) };
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readTypes(declarations: string): (name: string) => string {
  const pattern = /^export (?:type|interface) (\w+)(?: =)? (\{[\s\S]*?^\};?|[^\n;{]+;)$/gm;
  const types = new Map([...declarations.matchAll(pattern)].map(([, name = '', body = '']) => [name, body]));
  const bodyOf = (name: string): string => {
    const body = types.get(name) ?? '';
    const [, alias] = /^(\w+);$/.exec(body) ?? [];
    return alias === undefined || alias === name ? body : bodyOf(alias);
  };
  return bodyOf;
}

function needsIn(input: string): TypedImageEndpoint['needs'] {
  const needs: Record<string, Need> = {};
  for (const [, name = '', type = ''] of input.matchAll(/^ {4}(\w+): ([^;]+);/gm)) {
    if (type === 'string') needs[name] = 'text';
    if (type === 'string | Blob | File') needs[name] = 'file';
    if (type === 'Array<string>' && name.endsWith('urls')) needs[name] = 'files';
  }
  return needs;
}

/** The image endpoints that the local fal draws plain pictures for: those that fal's own client has types for. */
export function imageEndpointsJson(declarations: string): string {
  const lines = Object.entries(imageEndpointsIn(declarations)).map(
    ([name, endpoint]) => `  ${JSON.stringify(name)}: ${JSON.stringify(endpoint)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

if (import.meta.filename === process.argv[1])
  writeFileSync(imageEndpointsFile, imageEndpointsJson(readFileSync(clientTypesFile, 'utf8')));
