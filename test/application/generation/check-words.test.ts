import { once } from 'node:events';
import { expect, test } from 'vitest';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { CheckWords } from '../../../src/application/policy/check-words.js';
import { NoAssistance, type WordJudge } from '../../../src/application/ports/prompt-assistant.js';
import { wordFinder } from '../../../src/domain/text/doubtful-words.js';
import type { WordCategory } from '../../../src/domain/text/word-lists.js';
import { someone } from '../../support/builders/ids.js';
import { GenerationWorld } from './generation-world.js';

const list = { category: 'nudity', words: ['naked'], except: [], beside: null } as const;
const prompt = 'me naked, from my secret diary';

/** Knows more than a list; each of its answers is for one question. */
class Judge implements WordJudge {
  readonly asked: string[] = [];
  answer: readonly WordCategory[] | 'busy' | 'silent' = [];

  async judge(
    prompt: string,
    _: readonly WordCategory[],
    signal: AbortSignal,
  ): Promise<readonly WordCategory[]> {
    this.asked.push(prompt);
    if (this.answer === 'silent') await once(signal, 'abort');
    if (typeof this.answer === 'string') throw new NoAssistance(this.answer);
    return this.answer;
  }
}

async function asking(refused: readonly WordCategory[] = [], judged: readonly WordCategory[] = []) {
  const world = new GenerationWorld();
  await world.person();
  const { database, clock, ids, rules: policy, metrics, log } = world;
  const wordRules = { find: wordFinder([list]), judged, refused: new Set(refused) };
  const judge = new Judge();
  const request = new RequestGeneration({
    ...{ database, clock, ids, policy, metrics, log },
    checkWords: new CheckWords({ wordRules, wordJudge: judge, log, patienceMilliseconds: 5 }),
  });
  const context = { owner: someone, origin: { transport: 'test', address: {} } };
  return {
    world,
    judge,
    ask: (how: { sure?: boolean; free?: boolean } = {}, words = prompt) =>
      request.execute({ prompt: words }, { ...context, ...how }),
  };
}

test('doubtful words are asked about before anything is charged, and made once that was answered', async () => {
  const { world, ask } = await asking();
  await expect(ask()).rejects.toMatchObject({ refusal: { code: 'words_doubted', category: 'nudity' } });
  expect(await world.entries()).toEqual(['grant 100']);
  expect(await world.stores.generations.list({ limit: 1 })).toEqual([]);
  expect((await ask({ sure: true })).prompt).toBe(prompt);
  expect((await ask({}, 'me in armor')).status).toBe('accepted');
});

test('what the operator refuses is refused however sure somebody is', async () => {
  const { world, ask } = await asking(['nudity']);
  for (const how of [{}, { sure: true }])
    await expect(ask(how)).rejects.toMatchObject({ refusal: { code: 'words_refused', category: 'nudity' } });
  expect(await world.entries()).toEqual(['grant 100']);
});

test('the prompts of a proof sheet are ours: nobody is asked about them', async () => {
  const { ask } = await asking(['nudity']);
  expect((await ask({ free: true })).price).toBe(0);
});

test('the log knows what words were about, and none of them', async () => {
  for (const refused of [[], ['nudity']] as const) {
    const { world, ask } = await asking(refused);
    await ask().catch(() => null);
    expect(JSON.stringify(world.log.lines)).toContain('nudity');
    expect(JSON.stringify(world.log.lines)).not.toMatch(/naked|diary/);
  }
});

test('a language model finds what no list does, and is asked once about the same words', async () => {
  const { judge, ask } = await asking([], ['nudity', 'violence']);
  judge.answer = ['violence'];
  const again = () => ask({}, 'me where the wild things are');
  for (const attempt of [again, again])
    await expect(attempt()).rejects.toMatchObject({
      refusal: { code: 'words_doubted', category: 'violence' },
    });
  expect(judge.asked).toHaveLength(1);
  await ask({ sure: true }, 'me where the wild things are');
  expect(judge.asked).toHaveLength(1);
});

test('a model that finds what the operator refuses is heard however sure somebody is', async () => {
  const { judge, ask } = await asking(['minors'], ['minors']);
  judge.answer = ['minors'];
  await expect(ask({ sure: true }, 'something in other words')).rejects.toMatchObject({
    refusal: { code: 'words_refused', category: 'minors' },
  });
});

test.each(['busy', 'silent'] as const)(
  'when the model is %s the order goes on, and the log says so',
  async (answer) => {
    const { world, judge, ask } = await asking([], ['nudity']);
    judge.answer = answer;
    expect((await ask({}, 'me in armor')).status).toBe('accepted');
    expect(world.log.at('warn')).toEqual(['no language model has judged these words: the order goes on']);
    expect(JSON.stringify(world.log.lines)).not.toContain('armor');
  },
);

test('where no model is to be asked none is, and none where the list is enough to refuse', async () => {
  const { judge, ask } = await asking();
  await ask({}, 'me in armor');
  expect(judge.asked).toEqual([]);
  const strict = await asking(['nudity'], ['nudity']);
  await expect(strict.ask()).rejects.toThrow();
  expect(strict.judge.asked).toEqual([]);
});
