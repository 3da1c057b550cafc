import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryFal, type TemporaryFal } from '../temporary-fal.js';

/** One request of a client that is no package here, and what its code needs of the answer. */
interface WrittenRequest {
  readonly step: string;
  readonly method: string;
  /** `queue`, `run`, `rest`, `api`; empty: the path is a whole address. */
  readonly host: '' | 'queue' | 'run' | 'rest' | 'api';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
  readonly status: number;
  /** A list stands for any list. */
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  /** A header of the answer that the client reads. */
  readonly header?: string;
  /** Names for fields of the answer, to be put into later requests for `{name}`. */
  readonly keep?: Readonly<Record<string, string>>;
}

interface WrittenClient {
  readonly client: string;
  readonly requests: readonly WrittenRequest[];
}

const read = (name: string) =>
  JSON.parse(readFileSync(`test/fixtures/fal/clients/${name}.json`, 'utf8')) as WrittenClient;

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal({ key: 'the-key' });
});
afterAll(() => fal.remove());

describe.each([read('python-fal-client'), read('genmedia-cli')])('$client', ({ requests }) => {
  const kept: Record<string, string> = { key: 'the-key' };
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => kept[name] ?? `no ${name}`);

  it('is answered in what it needs, one request after the other', async () => {
    for (const request of requests) {
      const response = await send(request, filled);
      const text = await response.text();
      expect(response.status, `${request.step}: ${text}`).toBe(request.status);
      if (request.header !== undefined) expect(response.headers.get(request.header)).toBeTruthy();
      if (request.text !== undefined) expect(text).toBe(request.text);
      if (request.answer === undefined && request.keep === undefined) continue;
      const answer = JSON.parse(text) as Record<string, unknown>;
      expect(answer, request.step).toMatchObject(anyLists(request.answer ?? {}));
      for (const [name, field] of Object.entries(request.keep ?? {})) kept[name] = String(answer[field]);
    }
  });
});

function send({ method, host, path, headers, json, body }: WrittenRequest, filled: (text: string) => string) {
  const hosts = { '': '', queue: fal.queueUrl, run: fal.runUrl, rest: fal.restUrl, api: fal.apiUrl };
  const sent = json === undefined ? body : JSON.stringify(json);
  return fetch(`${hosts[host]}${filled(path)}`, {
    method,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
    ...(sent === undefined ? {} : { body: sent }),
  });
}

const anyLists = (answer: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(answer).map(([field, value]) => [field, Array.isArray(value) ? expect.any(Array) : value]),
  );
