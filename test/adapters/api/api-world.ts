import { setImmediate } from 'node:timers/promises';
import { CreateApiKey } from '../../../src/application/account/keys/create-api-key.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import type { Logger } from '../../../src/application/ports/logger.js';
import type { FaceFinder } from '../../../src/application/ports/pictures/face-finder.js';
import type { Database } from '../../../src/application/ports/stores/stores.js';
import { services as s } from '../../../src/composition/identifiers.js';
import type { KeyScope } from '../../../src/domain/api-key.js';
import type { UserId } from '../../../src/domain/ids.js';
import { doneWith } from '../../fakes/fake-image-generator.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { productionWithFakes } from '../../support/production.js';

type Sent = Omit<RequestInit, 'body'> & { readonly body?: unknown };

/** What a program sends; `body` is turned into JSON unless it is a text or bytes. */
export interface ApiProgram {
  (method: string, path: string, sent?: Sent): Promise<Response>;
  readonly key: string;
  readonly id: string;
}

const isPlain = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

/** The API of a production container over fakes, and programs that ask it. */
export async function apiWorld({
  credits = 100,
  ...others
}: {
  database?: Database;
  policy?: Policy;
  log?: Logger;
  credits?: number;
  faceFinder?: FaceFinder;
} = {}) {
  const production = await productionWithFakes({
    // Followers look as often as there is time.
    sleep: async () => void (await setImmediate()),
    ...others,
  });
  const { container, generator } = production;
  const { stores } = container.get(s.database);
  generator.endings = (bought) => doneWith(bought);
  await givenUser(stores, { id: someone, credits });
  await givenAvatar(stores, { owner: someone, name: 'Ada', isMain: true });
  const api = container.get(s.api);
  let orders = 0;

  const program = async (owner: UserId = someone, scopes?: readonly KeyScope[]): Promise<ApiProgram> => {
    const { key, text } = await container.get(CreateApiKey).execute({ name: 'a script', scopes }, { owner });
    const ask = async (method: string, path: string, { body, headers, ...rest }: Sent = {}) =>
      api.request(path, {
        method,
        headers: {
          authorization: `Bearer ${text}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isPlain(body) ? body : JSON.stringify(body) }),
        ...rest,
      });
    return Object.assign(ask, { key: text, id: key.id });
  };
  /** Orders under a new key, or under this one. */
  const order = (ask: ApiProgram, body: unknown = { prompt: 'in medieval armor' }, name?: string) => {
    orders += 1;
    return ask('POST', '/v1/generations', {
      body,
      headers: { 'idempotency-key': name ?? `order-${String(orders).padStart(8, '0')}` },
    });
  };
  return { ...production, stores, api, program, order };
}

export type ApiWorld = Awaited<ReturnType<typeof apiWorld>>;

/** The events of a stream, until it ends. */
export async function eventsOf(response: Response) {
  const text = await response.text();
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event:'))
    .map((block) => {
      const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '';
      return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
    });
}
