import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FalPromptAssistant } from '../../../src/adapters/fal/fal-prompt-assistant.js';
import { NoAssistance } from '../../../src/application/ports/prompt-assistant.js';
import { startTemporaryFal, type TemporaryFal } from '../../sandbox/fal/temporary-fal.js';

let fal: TemporaryFal;
beforeAll(async () => {
  fal = await startTemporaryFal({ key: 'right' });
});
afterAll(() => fal.remove());

const anAssistant = () =>
  new FalPromptAssistant({
    apiKey: 'right',
    queueUrl: fal.queueUrl,
    restUrl: fal.restUrl,
    pollMilliseconds: 5,
  });
const patience = () => AbortSignal.timeout(60_000);

test('translates, and adds only when asked to', async () => {
  const translated = await anAssistant().improve('рыцарь', 'translate', patience());
  expect(translated).toContain('knight');
  expect(await anAssistant().improve('рыцарь', 'enrich', patience())).toMatch(
    new RegExp(`^${translated}, .+light`),
  );
});

test('describes a photo', async () => {
  const photo = await sharp({ create: { width: 300, height: 600, channels: 3, background: '#c00' } })
    .jpeg()
    .toBuffer();
  expect(await anAssistant().describe(photo, 'image/jpeg', patience())).toContain('red');
});

test('whatever goes wrong is no assistance, and nothing worse', async () => {
  const refused = new FalPromptAssistant({
    apiKey: 'wrong',
    queueUrl: fal.queueUrl,
    restUrl: fal.restUrl,
  });
  await expect(refused.improve('a knight', 'enrich', patience())).rejects.toBeInstanceOf(NoAssistance);
  const gone = new FalPromptAssistant({
    apiKey: 'k',
    queueUrl: 'http://127.0.0.1:9',
    restUrl: 'http://127.0.0.1:9',
  });
  await expect(gone.improve('a knight', 'enrich', patience())).rejects.toBeInstanceOf(NoAssistance);
  await expect(
    anAssistant().describe(Buffer.from('x'), 'image/jpeg', AbortSignal.abort()),
  ).rejects.toBeInstanceOf(NoAssistance);
});

test('judges words by the categories that it is given, and says nothing rather than anything else', async () => {
  const judge = (prompt: string) => anAssistant().judge(prompt, ['nudity', 'hate'], patience());
  expect(await judge('a knight')).toEqual([]);
  expect(await judge('nudity, hate and violence')).toEqual(['nudity', 'hate']);
  await expect(judge('content-policy-test')).rejects.toBeInstanceOf(NoAssistance);
  const patient = anAssistant().judge('a knight', ['hate'], AbortSignal.abort());
  await expect(patient).rejects.toBeInstanceOf(NoAssistance);
});
