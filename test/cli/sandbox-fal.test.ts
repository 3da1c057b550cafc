import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunningFal } from '../../src/adapters/cli/stand-ins.js';
import { aStandInRoom } from './a-stand-in-room.js';

const room = aStandInRoom();

async function startAlone(options: readonly string[], more: Record<string, string> = {}) {
  const { running, stop } = await room.start<RunningFal>('fal', options, more);
  return { fal: running, stop };
}

const run = ({ runUrl, key }: RunningFal, endpoint: string, shown = key) =>
  fetch(`${runUrl}/${endpoint}`, {
    method: 'POST',
    headers: { authorization: `Key ${shown}` },
    body: JSON.stringify({ prompt: 'a lighthouse' }),
  });

test('one command makes a fal for any client; Ctrl-C ends it and leaves nothing behind', async () => {
  const { fal, stop } = await startAlone(['--endpoint', 'my-team/model']);
  expect(fal.key).toMatch(/^[0-9a-f-]{36}:[0-9a-f]{32}$/);
  for (const endpoint of ['fal-ai/flux/schnell', 'my-team/model']) {
    const answer = await run(fal, endpoint);
    const { images } = (await answer.json()) as { images: [{ url: string }] };
    expect((await fetch(images[0].url)).headers.get('content-type')).toBe('image/jpeg');
  }
  expect((await run(fal, 'fal-ai/flux/schnell', 'another')).status).toBe(401);
  expect(await stop()).toBe(0);
  expect(await readdir(room.folder)).toEqual([]);
});

test('with a folder what was asked is there again, for one server at a time', async () => {
  const place = join(room.folder, 'kept');
  const first = await startAlone(['--folder', place, '--key', 'my-key']);
  const id = (await run(first.fal, 'fal-ai/flux/schnell')).headers.get('x-fal-request-id');
  const second = await room.aisha('sandbox', 'fal', '--folder', place, '--port', '0');
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toContain(`runs already with the requests in ${place}, by process`);
  await first.stop();
  const { fal } = await startAlone(['--folder', place, '--key', 'my-key']);
  const result = await fetch(`${fal.queueUrl}/fal-ai/flux/requests/${id}`, {
    headers: { authorization: 'Key my-key' },
  });
  expect(await result.json()).toMatchObject({ images: [{}] });
});

test('a taken port, wrong options and a missing key are said with the way out', async () => {
  const { fal } = await startAlone([]);
  const { port } = new URL(fal.url);
  const taken = await room.aisha('sandbox', 'fal', '--port', port);
  expect(taken).toMatchObject({ code: 1, stdout: '' });
  expect(taken.stderr).toContain(`Cannot listen on port ${port} of 127.0.0.1: another program has it`);

  const words = ['--port', '70000', '--key', 'a b', '--endpoint', 'flux', '--record', 'x', '--replay', 'y'];
  const wrong = await room.aisha('sandbox', 'fal', ...words);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  for (const said of ['port "70000"', 'key "a b"', 'endpoint "flux"', 'either --record or --replay'])
    expect(wrong.stderr).toContain(said);

  const keyless = await room.aisha('sandbox', 'fal', '--port', '0', '--record', 'kept');
  expect(keyless).toMatchObject({ code: 2, stdout: '' });
  expect(keyless.stderr).toContain('set FAL_KEY (or FAL_KEY_FILE)');
  const nowhere = await room.aisha('sandbox', 'fal', '--port', '0', '--replay', 'nowhere');
  expect(nowhere).toMatchObject({ stdout: '' });
  expect(nowhere.stderr).toContain('nowhere');
});
