import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maximumAnswerBytes } from '../../../src/adapters/fal/bounded-body.js';
import { FalAvatarTrainer } from '../../../src/adapters/fal/fal-avatar-trainer.js';
import { fromWire } from '../../../src/adapters/fal/fal-wire.js';
import { FalSigningKeys } from '../../../src/adapters/fal/webhooks/fal-signing-keys.js';
import { trainingOrder } from '../../../src/domain/training/training-order.js';
import { contractOrder } from '../../contracts/image-generator.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { falGenerator } from './fal-generator.js';
import { type LoopbackServer, loopbackServer } from './loopback-server.js';
import { silentLogger } from './silent-logger.js';

/** An answer as it comes over the wire, and what it is to a question about a result. */
interface Odd {
  readonly type: string;
  readonly body: string;
  readonly status?: number;
}

const portal: Odd = { type: 'text/html', body: '<html>Please sign in</html>' };
const nothing: Odd = { type: 'application/json', body: 'null' };
const half: Odd = { type: 'application/json', body: '{"images":[{"url":"https://v3.fal.media/f' };
const bytes: Odd = { type: 'application/octet-stream', body: '\0\0\0' };
const odd = { portal, nothing, half, bytes };

const job = { reference: 'generation:1' };

describe('odd answers of fal, or of whoever stands before it', () => {
  let server: LoopbackServer;
  /** What is answered to everything but a question about a status. */
  let answer: Odd = portal;
  /** So much of a body without an end was taken by the client before it hung up. */
  let written = 0;
  let isEndless = false;

  beforeEach(async () => {
    [isEndless, written, answer] = [false, 0, portal];
    server = await loopbackServer(async (request, response) => {
      if (request.path.includes('/status')) {
        response.setHeader('content-type', 'application/json').end('{"status":"COMPLETED"}');
        return;
      }
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type });
      if (!isEndless) return void response.end(answer.body);
      const chunk = Buffer.alloc(1_000_000, ' ');
      const hungUp = new Promise((resolve) => response.once('close', resolve));
      for (; written < 300 * chunk.length && !response.destroyed; written += chunk.length)
        if (!response.write(chunk))
          await Promise.race([hungUp, new Promise((resolve) => response.once('drain', resolve))]);
      response.end();
    });
  });
  afterEach(() => server.close());

  const trainer = () =>
    new FalAvatarTrainer({
      apiKey: 'k',
      queueUrl: server.url,
      restUrl: server.url,
      logger: silentLogger,
    });
  const order = trainingOrder('portrait', 'fast', { trigger: 'KOVUX47', photos: [] });

  it.each(Object.entries(odd))('to a submit, %s: in doubt, for it may have been bought', async (_, sent) => {
    answer = sent;
    await expect(falGenerator(server.url).submit(contractOrder, job)).rejects.toMatchObject({
      trouble: 'in_doubt',
    });
    await expect(trainer().submit(order, 'https://a/photos.zip', job)).rejects.toMatchObject({
      trouble: 'in_doubt',
    });
    expect(server.requests).toHaveLength(2);
  });

  it.each(Object.entries(odd))(
    'to a question for a result, %s: never the end of the job',
    async (_, sent) => {
      answer = sent;
      const asks = [
        () => falGenerator(server.url).check('fal-ai/flux-lora/requests/r-1'),
        () => trainer().check('fal-ai/flux-lora-portrait-trainer/requests/r-1'),
      ];
      for (const ask of asks)
        expect(await ask().catch((error: unknown) => error)).toSatisfy(
          (end: { trouble?: string; failure?: { kind: string } }) =>
            end.trouble === 'not_taken' || end.failure?.kind === 'bad_result',
        );
    },
  );

  it.each([200, 404])('a body without an end at %i is read up to a limit', async (status) => {
    isEndless = true;
    answer = { status, type: 'application/json', body: '' };
    const check = falGenerator(server.url).check('fal-ai/flux-lora/requests/r-1');
    if (status === 200) await expect(check).rejects.toMatchObject({ trouble: 'not_taken' });
    else expect(await check).toMatchObject({ failure: { kind: 'bad_result', detail: '404' } });
    // What the kernel holds between the two is beyond the limit.
    expect(written).toBeLessThan(maximumAnswerBytes + 30_000_000);
  });

  it('a log that has grown beyond the limit hides no status of its training', async () => {
    const own = await loopbackServer((request, response) => {
      const logs = request.path.includes('logs=1') ? [{ message: 'x'.repeat(maximumAnswerBytes) }] : null;
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ status: 'IN_PROGRESS', logs }));
    });
    const settings = { apiKey: 'k', queueUrl: own.url, restUrl: own.url, logger: silentLogger };
    const ticket = 'fal-ai/flux-lora-portrait-trainer/requests/r-1';
    expect(await new FalAvatarTrainer(settings).check(ticket)).toMatchObject({
      phase: 'running',
      step: null,
    });
    await own.close();
  });

  it('signing keys have the same limit, and a damaged key takes no other with it', async () => {
    const keys = new FalSigningKeys({ restUrl: server.url, clock: new FakeClock() });
    isEndless = true;
    answer = { type: 'application/json', body: '' };
    await expect(keys.some(() => true)).rejects.toThrow('an answer of more than');
    isEndless = false;
    const whole = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    answer = {
      type: 'application/json',
      body: JSON.stringify({ keys: [{ ...whole, x: 'short' }, whole, null] }),
    };
    expect(await keys.some(() => true)).toBe(true);
  });
});

describe('the flag of a picture', () => {
  const images = [{ url: 'https://fal.media/a' }, { url: 'https://fal.media/b' }];
  const flagsOf = (output: object, endpoint = 'fal-ai/flux-lora') => {
    const outcome = fromWire(output, endpoint);
    return outcome.kind === 'done' ? outcome.images.map(({ flagged }) => flagged) : outcome;
  };

  it.each<[unknown, readonly boolean[]]>([
    [
      [false, false],
      [false, false],
    ],
    [
      [false, true],
      [false, true],
    ],
    [
      ['true', 'false'],
      [true, true],
    ],
    [
      [1, 0],
      [true, true],
    ],
    [
      [null, false],
      [true, false],
    ],
    [[false], [false, true]],
    [[], [true, true]],
    [null, [true, true]],
    [undefined, [true, true]],
    [false, [true, true]],
    ['[false,false]', [true, true]],
    [{ 0: false, 1: false }, [true, true]],
  ])('%j: withheld %j', (flags, withheld) => {
    expect(flagsOf({ images, has_nsfw_concepts: flags })).toEqual(withheld);
    expect(flagsOf({ images, has_nsfw_concepts: flags }, 'fal-ai/unheard-of')).toEqual(withheld);
  });

  it('of the upscaler, which judges nothing, is missed by nobody; where it has one it counts', () => {
    const image = images[0];
    expect(flagsOf({ image }, 'fal-ai/clarity-upscaler')).toEqual([false]);
    expect(flagsOf({ image, has_nsfw_concepts: [true] }, 'fal-ai/clarity-upscaler')).toEqual([true]);
    expect(flagsOf({ image, has_nsfw_concepts: ['no'] }, 'fal-ai/clarity-upscaler')).toEqual([true]);
    expect(flagsOf({ image })).toEqual([true]);
  });
});
