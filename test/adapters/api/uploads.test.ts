import { beforeEach, expect, it } from 'vitest';
import { userId } from '../../../src/domain/ids.js';
import { givenUser } from '../../support/builders/given.js';
import { somebodyElse } from '../../support/builders/ids.js';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let ask: ApiProgram;
let mine: Sender;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
  mine = await sender(ask);
});

interface Sender {
  readonly key: string;
  /** Where photos of a draft of theirs go. */
  readonly path: string;
}

async function sender(program: ApiProgram): Promise<Sender> {
  const draft = await program('POST', '/v1/avatars', { body: { type: 'portrait', name: 'Grace' } });
  const { id } = (await draft.json()) as { id: string };
  return { key: program.key, path: `/v1/avatars/${id}/photos` };
}

const another = async (id = somebodyElse): Promise<Sender> => {
  await givenUser(world.stores, { id });
  return sender(await world.program(id));
};

/** Sends a body that comes when it is let, and tells whether anybody has begun to read it. */
function upload({ key, path } = mine, headers: Readonly<Record<string, string>> = {}) {
  let come: (bytes: Uint8Array) => void = () => undefined;
  const bytes = new Promise<Uint8Array>((resolve) => {
    come = resolve;
  });
  const sent = { isRead: false };
  const body = new ReadableStream(
    {
      async pull(stream) {
        sent.isRead = true;
        stream.enqueue(await bytes);
        stream.close();
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: 'PUT', body, duplex: 'half' } as const;
  const authorization = `Bearer ${key}`;
  const answer = Promise.resolve(
    world.api.request(path, {
      ...init,
      headers: { authorization, 'content-type': 'image/jpeg', ...headers },
    }),
  );
  return { sent, answer, come: (text = 'no picture') => come(Buffer.from(text)) };
}

/** Whoever came before has had the time of several requests. */
const later = async () => {
  for (let each = 0; each < 20; each += 1) expect((await ask('GET', '/v1/account')).status).toBe(200);
};

it('reads two bodies at once, and the others in the order they came', async () => {
  const people = [mine, await another(), await another(userId('3003')), await another(userId('4004'))];
  const all = people.map((each) => upload(each));
  const read = () => all.map(({ sent }) => sent.isRead);
  await later();
  expect(read()).toEqual([true, true, false, false]);
  all[1]?.come();
  await all[1]?.answer;
  await later();
  expect(read()).toEqual([true, true, true, false]);
  for (const each of all) each.come();
  for (const { answer } of all) expect((await answer).status).toBe(200);
});

it('reads one body of a person at a time, whatever keys they use, so that nobody holds up the others', async () => {
  const otherKey = await sender(await world.program());
  const all = [upload(), upload(otherKey), upload(), upload(await another())];
  const read = () => all.map(({ sent }) => sent.isRead);
  await later();
  expect(read()).toEqual([true, false, false, true]);
  all[0]?.come();
  await all[0]?.answer;
  await later();
  expect(read()).toEqual([true, true, false, true]);
  for (const each of all) each.come();
  for (const { answer } of all) expect((await answer).status).toBe(200);
});

it('reads nothing of a body that says it is too large, and lets the next ones in', async () => {
  for (let each = 0; each < 3; each += 1) {
    const large = upload(mine, { 'content-length': String(50 * 2 ** 20 + 1) });
    large.come();
    const response = await large.answer;
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'body_too_large' }]);
    expect(large.sent.isRead).toBe(false);
  }
  const right = upload();
  right.come();
  expect((await right.answer).status).toBe(200);
});
