import { beforeEach, describe, expect, it } from 'vitest';
import { ShareRecipe } from '../../../src/application/composer/share-recipe.js';
import { AppealBlock } from '../../../src/application/operator/cases/appeal-block.js';
import { DecideCase } from '../../../src/application/operator/cases/decide-case.js';
import { OpenCase } from '../../../src/application/operator/cases/open-case.js';
import { ReportRecipe } from '../../../src/application/operator/cases/report-recipe.js';
import { ShowCases } from '../../../src/application/operator/cases/show-cases.js';
import { BlockPerson } from '../../../src/application/operator/people/block-person.js';
import { UnblockPerson } from '../../../src/application/operator/people/unblock-person.js';
import { CancelSubscription } from '../../../src/application/payments/cancel-subscription.js';
import { type GenerationId, userId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakePayments } from '../../fakes/fake-payments.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { givenGeneration, givenUser } from '../../support/builders/given.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';

const admin = userId('7');
const secret = 'the secret words of a recipe';
let parts: ReturnType<typeof someParts>;
let generation: GenerationId;
let recipe: string;

const someParts = () => ({
  ...{ database: new InMemoryDatabase(), clock: new FakeClock() },
  ...{ ids: new SequentialIds(), log: new RecordingLogger() },
});
const share = () => new ShareRecipe(parts).execute({ id: generation }, { owner: someone });
const report = (owner = somebodyElse, category: 'nudity' | 'hate' = 'nudity') =>
  new ReportRecipe(parts).execute({ recipe, category }, { owner });
const shown = async (skip = 0) => (await new ShowCases(parts).execute({ skip })).shown;
const waiting = async () => (await shown())?.id ?? '';
const open = (id: string) => new OpenCase(parts).execute({ case: id }, { admin });
const decide = (id: string, decision: 'keep' | 'hide' | 'block' | 'allow' | 'unblock' | 'stay') =>
  new DecideCase({ ...parts, blockPerson: blockPerson(), unblockPerson: new UnblockPerson(parts) }).execute(
    { case: id, decision },
    { admin },
  );
const acts = async () =>
  (await parts.database.stores.operatorActs.list(10)).map(({ act, details }) => ({ act, details }));
const blockPerson = () =>
  new BlockPerson({
    ...parts,
    cancelSubscription: new CancelSubscription({ ...parts, payments: new FakePayments() }),
  });
const notFound = { code: 'not_found' };

beforeEach(async () => {
  parts = someParts();
  const { stores } = parts.database;
  for (const id of [someone, somebodyElse, admin]) await givenUser(stores, { id });
  ({ id: generation } = await givenGeneration(stores, {
    owner: someone,
    status: 'delivered',
    prompt: secret,
  }));
  await stores.images.add([anImageRow({ generation, owner: someone, mediaKey: 'images/a.jpg' })]);
  recipe = (await share()).id;
});

describe('a report', () => {
  it('waits for an operator, once for each who reports, and shows nothing of what it is about', async () => {
    await Promise.all([report(), report()]);
    await report(userId('9'), 'hate');
    expect((await new ShowCases(parts).execute({ skip: 5 })).waiting).toBe(2);
    expect(await shown()).toMatchObject({ person: someone, reporter: somebodyElse, category: 'nudity' });
    expect(JSON.stringify([await shown(0), await shown(1)])).not.toContain('secret');
    expect(JSON.stringify(parts.log.lines)).not.toContain('secret');
  });

  it('is not made of one’s own recipe, of none, nor of a hidden one', async () => {
    await expect(report(someone)).rejects.toMatchObject(notFound);
    await parts.database.stores.recipes.hide(recipe, parts.clock.now());
    await expect(report()).rejects.toMatchObject(notFound);
    recipe = nextUuid();
    await expect(report()).rejects.toMatchObject(notFound);
    expect(await shown()).toBeNull();
  });
});

describe('an operator', () => {
  it('sees words and pictures on purpose, and that they looked is kept', async () => {
    await report();
    expect(await acts()).toEqual([]);
    expect(await open(await waiting())).toMatchObject({ words: secret, pictures: ['images/a.jpg'] });
    expect(await acts()).toEqual([{ act: 'case-open', details: { about: 'recipe' } }]);
    expect(JSON.stringify(await parts.database.stores.operatorActs.list(1))).not.toContain('secret');
  });

  it('sees nothing when it cannot be kept that they looked', async () => {
    await report();
    const id = await waiting();
    const { database } = parts;
    const broken: typeof database.transaction = (work) =>
      database.transaction((stores) =>
        work({
          ...stores,
          operatorActs: { ...stores.operatorActs, write: () => Promise.reject(new Error('full')) },
        }),
      );
    const opening = new OpenCase({ ...parts, database: { stores: database.stores, transaction: broken } });
    await expect(opening.execute({ case: id }, { admin })).rejects.toThrow('full');
  });

  it('keeps a recipe: it is there as before, and nobody looks inside any more', async () => {
    await report();
    const id = await waiting();
    await decide(id, 'keep');
    expect(await shown()).toBeNull();
    expect((await share()).id).toBe(recipe);
    const decided = { code: 'decided_before', by: admin, at: parts.clock.now() };
    parts.clock.advance(60);
    await expect(open(id)).rejects.toMatchObject({ refusal: decided });
    await expect(decide(id, 'block')).rejects.toMatchObject({ refusal: decided });
  });

  it('hides a recipe for all who reported it, and for good', async () => {
    await report();
    await report(userId('9'));
    await decide(await waiting(), 'hide');
    expect(await shown()).toBeNull();
    expect(await parts.database.stores.recipes.find(recipe)).toBeNull();
    await expect(share()).rejects.toMatchObject({ code: 'recipe_hidden' });
    const details = { about: 'recipe', decision: 'hide', category: 'nudity' };
    expect(await acts()).toEqual([{ act: 'case-decide', details }]);
  });

  it('blocks who shared it, for the category, and hides it', async () => {
    await report();
    await decide(await waiting(), 'block');
    expect(await parts.database.stores.blocks.find(someone)).toMatchObject({ why: 'nudity' });
    expect(await parts.database.stores.recipes.find(recipe)).toBeNull();
    expect((await acts()).map(({ act }) => act).sort()).toEqual(['block', 'case-decide']);
  });

  it('decides once, and nothing that is no decision of this kind', async () => {
    await report();
    const id = await waiting();
    await expect(decide(id, 'allow')).rejects.toMatchObject(notFound);
    await expect(decide(nextUuid(), 'keep')).rejects.toMatchObject(notFound);
    const both = await Promise.allSettled([decide(id, 'keep'), decide(id, 'hide')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await acts()).toHaveLength(1);
  });
});

describe('an appeal', () => {
  const words = 'It was a statue.';
  const appeal = (owner = someone, said = words) =>
    new AppealBlock(parts).execute({ words: said }, { owner });
  const block = (why: string | null = 'threats') =>
    blockPerson().execute({ user: someone, why }, { admin: 'cli' });
  const unblock = () => new UnblockPerson(parts).execute({ user: someone, why: null }, { admin: 'cli' });

  it('waits for an operator with the category, and its words are read on purpose', async () => {
    await report();
    await decide(await waiting(), 'block');
    expect(await appeal()).toBe('heard');
    const kept = await acts();
    expect(await shown()).toMatchObject({ kind: 'appeal', person: someone, category: 'nudity', words: null });
    expect(JSON.stringify(parts.log.lines)).not.toContain(words);
    expect(await open(await waiting())).toMatchObject({ words, pictures: [] });
    expect(await acts()).toEqual([{ act: 'case-open', details: { about: 'appeal' } }, ...kept]);
  });

  it('is made once against each block, also by who has their data deleted, and never where there is none', async () => {
    expect(await appeal()).toBe('free');
    await block();
    expect((await Promise.all([appeal(), appeal(), appeal()])).sort()).toEqual(['before', 'before', 'heard']);
    expect((await new ShowCases(parts).execute({ skip: 0 })).waiting).toBe(1);
    expect(await shown()).toMatchObject({ category: null });
    await parts.database.stores.personal.forget(someone);
    expect(await appeal()).toBe('before');
    expect(await shown()).toBeNull();
    await unblock();
    expect(await appeal()).toBe('free');
    parts.clock.advance(1);
    await block();
    expect(await appeal()).toBe('heard');
    await expect(appeal(someone, '')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('lets them in again, once, and both are kept', async () => {
    await block();
    await appeal();
    const id = await waiting();
    const both = await Promise.allSettled([decide(id, 'unblock'), decide(id, 'unblock')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await parts.database.stores.blocks.find(someone)).toBeNull();
    const details = { about: 'appeal', decision: 'unblock', category: null };
    expect(await acts()).toEqual([
      { act: 'case-decide', details },
      { act: 'unblock', details: {} },
      { act: 'block', details: {} },
    ]);
  });

  it('is turned down for good, also when the other button is tapped after that', async () => {
    await block();
    await appeal();
    const id = await waiting();
    expect(await decide(id, 'stay')).toMatchObject({ decision: 'stay', person: someone });
    await expect(decide(id, 'unblock')).rejects.toMatchObject({ code: 'decided_before' });
    expect(await parts.database.stores.blocks.find(someone)).not.toBeNull();
    expect(await appeal()).toBe('before');
  });

  it('is answered when they are let in by other ways, and a later block is not touched by it', async () => {
    await block();
    await appeal();
    const id = await waiting();
    expect(await unblock()).toMatchObject({ id, decision: 'unblock' });
    expect(await shown()).toBeNull();
    await block();
    await expect(decide(id, 'unblock')).rejects.toMatchObject({ code: 'decided_before' });
    expect(await parts.database.stores.blocks.find(someone)).not.toBeNull();
  });
});
