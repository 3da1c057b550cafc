import { request } from 'node:http';
import { expect, it } from 'vitest';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { runningServer } from '../http/running-server.js';
import { apiWorld } from './api-world.js';

const large = { 'content-length': '1000' };
const endless = { 'transfer-encoding': 'chunked' };

it.each([
  ['photos', 'PUT', '/photos', { 'content-type': 'image/jpeg', ...large }],
  ['photos of any length', 'PUT', '/photos', { 'content-type': 'image/jpeg', ...endless }],
  ['an order', 'POST', '/train', { 'content-type': 'application/json', ...large }],
  ['an order of any length', 'POST', '/train', { 'content-type': 'application/json', ...endless }],
])('whoever hangs up in the middle of %s is no fault of ours', async (_, method, end, headers) => {
  const log = new RecordingLogger();
  const world = await apiWorld({ log });
  const ask = await world.program();
  const draft = await ask('POST', '/v1/avatars', { body: { type: 'portrait', name: 'Grace' } });
  const { id } = (await draft.json()) as { id: string };
  const answered: number[] = [];
  const { port } = await runningServer({
    api: {
      fetch: async (...asked) => {
        const response = await world.api.fetch(...asked);
        answered.push(response.status);
        return response;
      },
    },
  });
  const sending = request({
    ...{ port, method, path: `/v1/avatars/${id}${end}` },
    headers: { authorization: `Bearer ${ask.key}`, 'idempotency-key': 'broken-off-1', ...headers },
  });
  sending.on('error', () => undefined);
  sending.write('{"subject"', () => sending.destroy());
  await expect.poll(() => answered).toEqual([400]);
  expect(log.lines).toEqual([]);
});
