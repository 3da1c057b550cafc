import { beforeEach, expect, it } from 'vitest';
import { type ApiProgram, type ApiWorld, apiWorld } from './api-world.js';

let world: ApiWorld;
let ask: ApiProgram;
let path: string;
beforeEach(async () => {
  world = await apiWorld();
  ask = await world.program();
  const draft = await ask('POST', '/v1/avatars', { body: { type: 'portrait', name: 'Grace' } });
  path = `/v1/avatars/${((await draft.json()) as { id: string }).id}/photos`;
});

/** Sends a body that comes when it is let, and tells whether anybody has begun to read it. */
function upload(headers: Readonly<Record<string, string>> = {}) {
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
  const authorization = `Bearer ${ask.key}`;
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
  const all = Array.from({ length: 4 }, () => upload());
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

it('reads nothing of a body that says it is too large, and lets the next ones in', async () => {
  for (let each = 0; each < 3; each += 1) {
    const large = upload({ 'content-length': String(50 * 2 ** 20 + 1) });
    large.come();
    const response = await large.answer;
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'body_too_large' }]);
    expect(large.sent.isRead).toBe(false);
  }
  const right = upload();
  right.come();
  expect((await right.answer).status).toBe(200);
});
