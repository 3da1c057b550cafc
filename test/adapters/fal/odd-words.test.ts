import { afterEach, describe, expect, it } from 'vitest';
import { FalPromptAssistant } from '../../../src/adapters/fal/fal-prompt-assistant.js';
import { NoAssistance } from '../../../src/application/ports/prompt-assistant.js';
import { storable } from '../../../src/domain/text/storable-text.js';
import { nastyCases, nastyStrings } from '../../fixtures/nasty-strings.js';
import { falGenerator } from './fal-generator.js';
import { json, type LoopbackServer, loopbackServer } from './loopback-server.js';

let server: LoopbackServer;
afterEach(() => server.close());

const ticket = 'fal-ai/flux-lora/requests/r-1';

async function falThatSays(status: number, body: unknown): Promise<LoopbackServer> {
  server = await loopbackServer((request, response) => {
    if (request.path.split('?')[0]?.endsWith('/status')) return json(response, 200, { status: 'COMPLETED' });
    if (request.method === 'POST' && status === 200) return json(response, 200, { request_id: 'r-1' });
    return json(response, status, body);
  });
  return server;
}

const everywhere = (text: string) => ({
  detail: [{ loc: ['body', text, 7], type: text, msg: text }],
  [text]: text,
});

describe.each(nastyCases)('fal says %s', (_name, text) => {
  it('about a job: its failure can be stored, and is short', async () => {
    const { url } = await falThatSays(422, everywhere(text));
    const outcome = await falGenerator(url).check(ticket);
    if (outcome.kind !== 'failed') throw new Error('it is refused');
    const { detail } = outcome.failure;
    expect(storable(detail)).toBe(detail);
    expect([...detail].length).toBeLessThan(420);
  });

  it('about an order: so can what is known of the refusal', async () => {
    const { url } = await falThatSays(422, everywhere(text));
    const order = { endpoint: 'fal-ai/flux-lora', prompt: 'a', loras: [] } as never;
    const error: unknown = await falGenerator(url)
      .submit(order, { reference: 'generation:x:1' })
      .catch((refusal: unknown) => refusal);
    const { detail, message } = error as { detail: string; message: string };
    expect(storable(detail + message)).toBe(detail + message);
    expect([...detail].length).toBeLessThan(420);
  });

  it('as a language model: it is a prompt that can be stored, or none', async () => {
    const { url } = await falThatSays(200, { output: `knight ${text}` });
    const account = { apiKey: 'k', queueUrl: `${url}/queue`, restUrl: `${url}/rest` };
    const answer = await new FalPromptAssistant({ ...account, pollMilliseconds: 1 })
      .improve('a knight', 'enrich', AbortSignal.timeout(60_000))
      .catch((error: unknown) => {
        if (!(error instanceof NoAssistance)) throw error;
        return null;
      });
    if (answer !== null) expect(storable(answer)).toBe(answer);
  });
});

it('what fal says of a person, long after the point, is cut between letters', async () => {
  const { url } = await falThatSays(422, {
    detail: [{ type: 'value_error', msg: nastyStrings['an emoji at 200'] }],
  });
  expect(await falGenerator(url).check(ticket)).toMatchObject({
    failure: { detail: `422 value_error (${'x'.repeat(199)}😀)` },
  });
});

it('a seed longer than any number that we keep is left out', async () => {
  const images = [{ url: 'https://fal.media/a' }];
  const { url } = await falThatSays(200, { images, seed: '9'.repeat(21) });
  expect(await falGenerator(url).check(ticket)).toMatchObject({ kind: 'done', seed: null });
});
