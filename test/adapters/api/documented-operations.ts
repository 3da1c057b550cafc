import { readFile } from 'node:fs/promises';
import { openApiFile } from '../../../scripts/openapi.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly example?: unknown;
}

/** A field of a body of JSON. */
export interface Field {
  readonly name: string;
  /** All that it takes. */
  readonly types: readonly string[];
}

interface Operation {
  readonly method: string;
  readonly path: string;
  /** Names of what its path, query and headers take. */
  readonly params: readonly string[];
  readonly query: readonly string[];
  readonly headers: readonly string[];
  /** Of its body; none where it takes no JSON. */
  readonly fields: readonly Field[];
  /** A body in which nothing is wrong. */
  readonly right: Readonly<Record<string, unknown>>;
}

interface Documented {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every operation of the document in the repository, with all that can be sent to it. */
export async function operationsIn(): Promise<Operation[]> {
  const { paths, components } = JSON.parse(await readFile(openApiFile, 'utf8')) as Document;
  const resolved = ({ $ref, ...schema }: Schema): Schema =>
    $ref === undefined ? schema : (components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const named = (place: string) => parameters.flatMap((each) => (each.in === place ? [each.name] : []));
      const body = resolved(requestBody?.content['application/json']?.schema ?? {});
      return {
        method: method.toUpperCase(),
        path,
        params: named('path'),
        query: named('query'),
        headers: named('header'),
        fields: Object.entries(body.properties ?? {}).map(([name, schema]) => ({
          name,
          types: [resolved(schema).type ?? 'object'].flat(),
        })),
        right: Object.fromEntries(
          (body.required ?? []).map((name) => [name, resolved(body.properties?.[name] ?? {}).example ?? 'x']),
        ),
      };
    }),
  );
}
