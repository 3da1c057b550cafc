import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RevokeApiKey } from '../../../src/application/account/keys/revoke-api-key.js';
import type { GenerationId } from '../../../src/domain/ids.js';
import { nastyCases } from '../../fixtures/nasty-strings.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { someone } from '../../support/builders/ids.js';
import { type MigratedDatabase, openMigratedDatabase } from '../../support/migrated-database.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';
import { type Field, operationsIn } from './documented-operations.js';

/** Every field of every route in the document, whoever adds it, with what nobody should send. */
let opened: MigratedDatabase;
let world: ApiWorld;
beforeAll(async () => {
  opened = await openMigratedDatabase();
  world = await apiWorld({ database: opened.database, credits: 1_000_000 });
  const { id } = (await (await world.order(await world.program())).json()) as { id: GenerationId };
  await world.stores.images.add([anImageRow({ generation: id, owner: someone })]);
});
afterAll(() => opened.close());

const operations = await operationsIn();

/** Each has so few requests a minute. */
async function withKey(work: (ask: ApiProgram) => Promise<void>): Promise<void> {
  const ask = await world.program();
  await work(ask);
  await world.container.get(RevokeApiKey).execute({ id: ask.id }, { owner: someone });
}

/** What a program gets: its thing, or a problem that says what is wrong. Never a fault of ours. */
async function answered(response: Response, said: string) {
  const text = await response.text();
  expect(response.status, `${said}: ${text.slice(0, 300)}`).toBeLessThan(500);
  if (response.status < 400) return { status: response.status, fields: [] };
  expect(response.headers.get('content-type'), said).toBe('application/problem+json');
  const { code, errors } = JSON.parse(text) as { code: string; errors: { field: string }[] };
  expect(code, said).not.toBe('too_many_requests');
  return { status: response.status, fields: errors.map(({ field }) => field) };
}

const somewhere = (path: string) => path.replace(/\{\w+\}/g, randomUUID());
const named = () => ({ 'idempotency-key': `bad-${randomUUID()}` });

/** Something that is there, by resource. */
async function theirs(): Promise<Readonly<Record<string, string | undefined>>> {
  const { avatars, gallery, generations } = world.stores;
  const [avatar] = await avatars.list(someone);
  const [image] = await gallery.older({ owner: someone, filter: {}, now: world.clock.now() }, 1);
  const [generation] = await generations.list({ limit: 1 });
  return { avatars: avatar?.id, images: image?.id, generations: generation?.id };
}

/** What is of none of the types that a field takes. */
function otherTypes({ types }: Field): unknown[] {
  const all = { string: 'words', number: 1.5, boolean: true, array: [1], object: { a: 1 }, null: null };
  const taken = types.map((type) => (type === 'integer' ? 'number' : type));
  return Object.entries(all).flatMap(([name, value]) => (taken.includes(name) ? [] : [value]));
}

describe.each(operations.filter(({ fields }) => fields.length > 0))(
  '$method $path',
  ({ method, path, fields, right }) => {
    const send = (ask: ApiProgram, body: unknown, at = somewhere(path)) =>
      ask(method, at, { body, headers: named() });
    /** Where a body is looked at at all. */
    const there = async () => {
      const [resource = ''] = path.match(/(?<=\/v1\/)\w+/) ?? [];
      return path.replace('{id}', (await theirs())[resource] ?? randomUUID());
    };
    // What names a thing is looked at first, and there is none.
    const isNamed = path.includes('{');

    it('refuses a value of another type in every field, and names it', () =>
      withKey(async (ask) => {
        for (const field of fields)
          for (const value of otherTypes(field)) {
            const said = `${field.name}: ${JSON.stringify(value)}`;
            const { status, fields: wrong } = await answered(
              await send(ask, { ...right, [field.name]: value }, await there()),
              said,
            );
            expect(status, said).toBe(422);
            expect(
              wrong.map((name) => name.split('.')[0]),
              said,
            ).toContain(field.name);
          }
      }));

    it('refuses a field that it does not have', () =>
      withKey(async (ask) => {
        for (const name of ['owner', 'constructor', 'x'.repeat(200)]) {
          const body = `{${JSON.stringify(name)}: 1, ${JSON.stringify(right).slice(1)}`;
          const { status } = await answered(await send(ask, body.replace(', }', '}'), await there()), name);
          expect(status, name).toBe(422);
        }
      }));

    it('bears every text in every field', () =>
      withKey(async (ask) => {
        for (const { name } of fields.filter(({ types }) => types.includes('string')))
          for (const [what, text] of nastyCases) {
            const { status } = await answered(
              await send(ask, { ...right, [name]: text }),
              `${name}: ${what}`,
            );
            expect(isNamed ? [404, 422] : [201, 202, 402, 409, 413, 422, 429], `${name}: ${what}`).toContain(
              status,
            );
          }
      }));
  },
);

describe.each(operations)('$method $path', ({ method, path, query, params, headers, fields, right }) => {
  const body = fields.length > 0 ? { body: right } : {};

  it('bears every text in its address and headers', () =>
    withKey(async (ask) => {
      for (const [what, text] of nastyCases) {
        const encoded = encodeURIComponent(Buffer.from(text).toString()).slice(0, 3000).replace(/%\w?$/, '');
        if (params.length > 0) {
          const response = await ask(method, path.replaceAll(/\{\w+\}/g, encoded || '%00'), {
            ...body,
            headers: named(),
          });
          const { status } = await answered(response, `id: ${what}`);
          expect([404, 405], `id: ${what}`).toContain(status);
        }
        for (const name of query) {
          const { status } = await answered(
            await ask(method, `${somewhere(path)}?${name}=${encoded}`),
            `${name}: ${what}`,
          );
          expect([200, 404, 422], `${name}: ${what}`).toContain(status);
        }
        // What a header cannot hold, no client sends.
        const value = text
          .replaceAll(/[^\x20-\x7e\x80-\xff]/g, '')
          .trim()
          .slice(0, 4000);
        for (const name of headers)
          await answered(
            await ask(method, somewhere(path), { ...body, headers: { ...named(), [name]: value } }),
            `${name}: ${what}`,
          );
      }
    }));

  it('bears an address that is no UTF-8', () =>
    withKey(async (ask) => {
      for (const broken of ['%ED%A0%80', '%FF', '%00', '%', '%2e%2e%2f']) {
        await answered(
          await ask(method, path.replaceAll(/\{\w+\}/g, broken), { ...body, headers: named() }),
          broken,
        );
        for (const name of query)
          await answered(await ask(method, `${somewhere(path)}?${name}=${broken}`), `${name}: ${broken}`);
      }
    }));
});

it('walks the routes that there are', () => {
  const routes = world.api.openAPIRegistry.definitions.filter(({ type }) => type === 'route');
  expect(operations).toHaveLength(routes.length);
  expect(operations.flatMap(({ fields }) => fields).length).toBeGreaterThan(15);
});
