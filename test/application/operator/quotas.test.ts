import { describe, expect, it, test } from 'vitest';
import { LimitPictures } from '../../../src/application/operator/quotas/limit-pictures.js';
import { RecountSpending } from '../../../src/application/operator/quotas/recount-spending.js';
import { ResetBudget } from '../../../src/application/operator/quotas/reset-budget.js';
import { DomainError } from '../../../src/domain/errors.js';
import { noQuotas } from '../../support/builders/allowances.js';
import { someone } from '../../support/builders/ids.js';
import { GenerationWorld } from '../generation/generation-world.js';
import { policy, TrainingWorld } from '../training/training-world.js';

const cost = 35_000;
const by = { admin: 'cli' } as const;
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof DomainError ? error.refusal : error),
  );
const budget = (day: number | null, month: number | null = null) => ({
  quotas: { ...noQuotas, budgets: { day, month } },
});

describe('pictures a day', () => {
  it('are counted by picture, until midnight in UTC', async () => {
    const world = new GenerationWorld({ quotas: { ...noQuotas, pictures: 5 } });
    await world.person();
    await world.request({ overrides: { count: 3 } });
    expect(await refusalOf(world.request({ overrides: { count: 3 } }))).toEqual({
      ...{ code: 'pictures_spent', limit: 5, left: 2, seconds: 43_200 },
    });
    await world.request({ overrides: { count: 2 } });
    expect(await refusalOf(world.request())).toMatchObject({ left: 0 });
    expect((await world.stores.ledger.account(someone)).held).toBe(25);
    world.clock.advance(43_200);
    await world.request();
  });

  it('can be more or fewer for one person, as an operator says, which is kept', async () => {
    const world = new GenerationWorld({ quotas: { ...noQuotas, pictures: 1 } });
    const limiting = new LimitPictures(world);
    await expect(limiting.execute({ user: someone, pictures: 2 }, by)).rejects.toMatchObject({
      code: 'not_found',
    });
    await world.person();
    await limiting.execute({ user: someone, pictures: 2 }, by);
    await world.request();
    await world.request();
    expect(await refusalOf(world.request())).toMatchObject({ code: 'pictures_spent', limit: 2 });
    await limiting.execute({ user: someone, pictures: null }, by);
    expect(await refusalOf(world.request())).toMatchObject({ limit: 1, left: 0 });
    expect(await world.stores.operatorActs.about(someone)).toMatchObject([
      { act: 'picture-limit', details: { pictures: 2 } },
      { act: 'picture-limit', details: { pictures: null } },
    ]);
  });

  it('do not hold up the proof sheet of a training', async () => {
    const world = new GenerationWorld({ quotas: { pictures: 1, budgets: { day: 1, month: 1 } } });
    await world.person();
    await world.requesting.execute(
      { prompt: 'a knight', overrides: { count: 2 } },
      { owner: someone, origin: { transport: 'proof', address: {} }, free: true },
    );
    // What it costs counts all the same.
    expect(await world.stores.quotas.spent(world.clock.now())).toEqual({ day: 2 * cost, month: 2 * cost });
  });
});

describe('a budget', () => {
  it('lets no order through that costs more than is left, charges nothing, and says when it goes on', async () => {
    const world = new GenerationWorld(budget(2 * cost, 3 * cost));
    await world.person();
    await world.request();
    await world.request();
    expect(await refusalOf(world.request())).toEqual({
      ...{ code: 'budget_spent', period: 'day', at: new Date('2026-01-02T00:00:00Z'), seconds: 43_200 },
    });
    expect((await world.stores.ledger.account(someone)).held).toBe(10);
    world.clock.advance(43_200);
    await world.request();
    expect(await refusalOf(world.request())).toMatchObject({
      ...{ code: 'budget_spent', period: 'month', at: new Date('2026-02-01T00:00:00Z') },
    });
  });

  it('is not used up by what was cancelled before fal took it', async () => {
    const world = new GenerationWorld(budget(cost));
    const id = await world.accepted();
    await world.cancelling.execute({ id }, { owner: someone });
    expect(await refusalOf(world.request())).toMatchObject({ code: 'budget_spent' });
    await new RecountSpending({ ...world, policy: world.rules }).execute();
    await world.request();
  });

  it('goes on at once when an operator says so, which is kept', async () => {
    const world = new GenerationWorld(budget(cost, cost));
    await world.accepted();
    expect(await refusalOf(world.request())).toMatchObject({ code: 'budget_spent' });
    world.clock.advance(1);
    await new ResetBudget(world).execute(by);
    await world.request();
    expect(await world.stores.operatorActs.list(9)).toMatchObject([
      { act: 'budget-reset', admin: 'cli', details: { day: cost, month: cost } },
    ]);
  });

  it('that is used up holds up nothing that was begun', async () => {
    const world = new GenerationWorld(budget(cost));
    await world.submitted();
    expect(await refusalOf(world.request())).toMatchObject({ code: 'budget_spent' });
    expect(world.generator.bought).toHaveLength(1);
  });
});

test('a training counts, and is refused like a picture', async () => {
  const world = new TrainingWorld({ ...policy, ...budget(1_000_000) });
  const { id: avatar } = await world.draft();
  expect(await refusalOf(world.request.execute({ avatar }, { owner: someone }))).toMatchObject({
    code: 'budget_spent',
  });
  expect(await world.stores.trainings.ofAvatar(avatar)).toEqual([]);
  expect((await world.stores.ledger.account(someone)).held).toBe(0);
  const rich = new TrainingWorld({ ...policy, ...budget(100_000_000) });
  const draft = await rich.draft();
  const training = await rich.request.execute({ avatar: draft.id }, { owner: someone });
  expect((await rich.stores.quotas.spent(rich.clock.now())).day).toBe(training.cost);
});
