import { beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import { hookEventNames, pauseBefore } from '../../../src/domain/hooks/event-hook.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { aTraining } from '../../support/builders/a-training.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';
import { HooksWorld } from './hooks-world.js';

let world: HooksWorld;
beforeEach(() => {
  world = new HooksWorld();
});
const refusalOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error('it is not refused');
  return error.refusal;
};
const problemsOf = async (work: Promise<unknown>) => {
  const refusal = await refusalOf(work);
  if (refusal.code !== 'invalid_input') throw new Error(refusal.code);
  return refusal.problems.map(({ field, code }) => `${field} ${code}`);
};
const days = 86_400;

describe('an event hook', () => {
  it('is added with a secret of 32 bytes that is never shown again, and hears of everything unless told otherwise', async () => {
    const added = await world.add();
    expect(added).toMatchObject({ owner: someone, url: 'https://shop.example/in', events: hookEventNames });
    expect(added.secret).toBe(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    const second = await world.add({ events: ['training.ready'] });
    expect(second.secret).not.toBe(added.secret);
    const listed = await world.listing.execute({ owner: someone });
    expect(listed.map(({ events }) => events)).toEqual([hookEventNames, ['training.ready']]);
    expect(JSON.stringify(listed)).not.toContain('whsec_');
  });

  it.each([
    ['http://shop.example/in', 'url not_https'],
    ['ftp://shop.example/in', 'url not_https'],
    ['https://user:word@shop.example/', 'url malformed'],
    ['https://@shop.example:8444/', 'url out_of_range'],
    ['https://shop.example:8080/', 'url out_of_range'],
    ['https://shop.example:22/', 'url out_of_range'],
    ['https://localhost/', 'url private_address'],
    ['https://localhost./', 'url private_address'],
    ['https://router/', 'url private_address'],
    ['https://metadata.google.internal/', 'url private_address'],
    ['https://127.0.0.1/', 'url private_address'],
    ['https://127.1/', 'url private_address'],
    ['https://0x7f.1/', 'url private_address'],
    ['https://0177.0.0.1/', 'url private_address'],
    ['https://017700000001/', 'url private_address'],
    ['https://2130706433/', 'url private_address'],
    ['https://127.0.0.1./', 'url private_address'],
    ['https://１２７.０.０.１/', 'url private_address'],
    ['https://①②⑦.⓪.⓪.①/', 'url private_address'],
    ['https://127。0。0。1/', 'url private_address'],
    ['https://169.254.169.254/latest', 'url private_address'],
    ['https://[::1]/', 'url private_address'],
    ['https://[::ffff:127.0.0.1]/', 'url private_address'],
    ['https://[::127.0.0.1]/', 'url private_address'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'url private_address'],
    ['https://[fe80::1%25eth0]/', 'url malformed'],
    ['https://shop.example:99999/', 'url malformed'],
    ['/in', 'url malformed'],
    ['', 'url malformed'],
    [`https://shop.example/${'a'.repeat(2000)}`, 'url too_long'],
  ])('is refused at %s', async (url, problem) => {
    expect(await problemsOf(world.add({ url }))).toContain(problem);
    expect(await world.listing.execute({ owner: someone })).toEqual([]);
  });

  it('is refused with all that is wrong with it at once', async () => {
    const events = ['generation.done', 'generation.gone'];
    const url = 'http://user@10.0.0.1:81/';
    expect(await problemsOf(world.add({ url, events, secret: 'mine' } as object))).toEqual([
      ...['events malformed', 'secret unknown_value', 'url malformed', 'url not_https'],
      ...['url private_address', 'url out_of_range'],
    ]);
    expect(await problemsOf(world.add({ url: undefined, events: [] }))).toEqual([
      'url required',
      'events malformed',
    ]);
    expect(await problemsOf(world.add({ events: ['generation.done', 'generation.done'] }))).toEqual([
      'events malformed',
    ]);
    expect(await problemsOf(world.add({ events: 'generation.done' }))).toEqual(['events malformed']);
  });

  it.each([
    'https://shop.example',
    'https://shop.example:443/in',
    'https://shop.example:8443/?a=b#c',
    'https://[2606:4700::1111]/',
  ])('is taken at %s', async (url) => {
    expect((await world.add({ url })).url).toBe(new URL(url).href);
  });

  it('may be on this machine in the sandbox, by its name', async () => {
    const sandbox = new HooksWorld(undefined, true);
    for (const url of [
      'http://localhost:3000/in',
      'https://localhost/',
      'http://127.0.0.1:9/',
      'http://[::1]:9/',
    ])
      expect((await sandbox.add({ url })).url).toBe(url);
    expect(await problemsOf(sandbox.add({ url: 'http://localhost.:3000/' }))).toContain(
      'url private_address',
    );
    expect(await problemsOf(sandbox.add({ url: 'http://10.0.0.1/' }))).toContain('url private_address');
    expect(await problemsOf(sandbox.add({ url: 'http://shop.example/' }))).toEqual(['url not_https']);
    expect(await problemsOf(sandbox.add({ url: 'ftp://localhost/' }))).toContain('url not_https');
  });

  it('is one of ten at most, however many are added at once; others have their own', async () => {
    const added = await Promise.allSettled(Array.from({ length: 20 }, () => world.add()));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await refusalOf(world.add())).toEqual({ code: 'too_many_webhooks', limit: 10 });
    await world.add({}, somebodyElse);
    const [first] = await world.listing.execute({ owner: someone });
    await world.removing.execute({ hook: first?.id ?? '' }, { owner: someone });
    await world.add();
  });

  it('is nobody else’s to see, to test or to remove', async () => {
    const { id: hook } = await world.add();
    const notFound = { code: 'not_found', what: 'webhook' };
    expect(await world.listing.execute({ owner: somebodyElse })).toEqual([]);
    for (const named of [{ hook }, { hook: nextUuid() }, { hook: 'x' }]) {
      expect(await refusalOf(world.removing.execute(named, { owner: somebodyElse }))).toEqual(notFound);
      expect(await refusalOf(world.testing.execute(named, { owner: somebodyElse }))).toEqual(notFound);
    }
    await world.sending.execute();
    expect(world.sender.sent).toEqual([]);
    expect(await world.listing.execute({ owner: someone })).toMatchObject([{ id: hook }]);
  });
});

describe('what became of a job', () => {
  it('is told once to each hook of its owner that wants it, however often it is handed over', async () => {
    const [all, trained] = [await world.add(), await world.add({ events: ['training.ready'] })];
    await world.add({}, somebodyElse);
    const result = await world.done();
    await world.noting.execute(result, { id: result.generation.id });
    await world.sending.execute();
    await world.noting.execute(result, { id: result.generation.id });
    await world.sending.execute();
    expect(world.sender.sent).toMatchObject([
      {
        type: 'generation.done',
        data: { id: result.generation.id },
        hook: { id: all.id },
        secret: all.secret,
      },
    ]);
    expect(world.sender.sent[0]?.id).toMatch(
      new RegExp(`^evt_${result.generation.id}_generation_done_\\w+$`),
    );
    const training = aTraining({ status: 'ready', owner: someone });
    await world.noting.execute({ kind: 'avatar-ready', training, avatar: null }, { id: training.id });
    await world.sending.execute();
    expect(
      world.sender.sent
        .slice(1)
        .map(({ hook }) => hook.id)
        .sort(),
    ).toEqual([all.id, trained.id].sort());
  });

  it('is each of the events that there are, and nothing else is one', async () => {
    await world.add();
    const note = world.noting;
    await world.done();
    for (const status of ['failed', 'blocked', 'cancelled'] as const)
      await note.execute({ kind: 'ended', generation: aGeneration({ status, owner: someone }) }, {});
    const ready = aTraining({ status: 'ready', owner: someone });
    await note.execute({ kind: 'avatar-ready', training: ready, avatar: null }, {});
    for (const status of ['failed', 'cancelled'] as const)
      await note.execute(
        { kind: 'training-ended', training: aTraining({ status, owner: someone }), avatar: null },
        {},
      );
    const generation = aGeneration({ owner: someone });
    await note.execute(
      { kind: 'progress', generation, pending: { status: 'queued', position: 1 } } as never,
      {},
    );
    await world.sending.execute();
    expect(world.sender.sent.map(({ type }) => type).sort()).toEqual([...hookEventNames].sort());
  });

  it('is told again when a job that failed is tried once more and fails again', async () => {
    await world.add();
    const generation = aGeneration({ status: 'failed', owner: someone });
    await world.noting.execute({ kind: 'ended', generation }, {});
    const again = { ...generation, endedAt: new Date(generation.endedAt.getTime() + 60_000) };
    await world.noting.execute({ kind: 'ended', generation: again }, {});
    await world.sending.execute();
    expect(new Set(world.sender.sent.map(({ id }) => id)).size).toBe(2);
  });

  it('is sent again after 5 s, 5 min, 30 min, 2 h … 24 h, always under one id, and given up after three days', async () => {
    await world.add();
    await world.add({ url: 'https://well.example/' });
    const { generation } = await world.done();
    const times: number[] = [];
    const start = world.clock.now().getTime();
    // Another event gets there now and then: the address lives, but takes this one never.
    world.sender.answer = ({ data, hook }) => {
      if (hook.url.includes('well') || data.id !== generation.id) return { kind: 'taken' };
      times.push((world.clock.now().getTime() - start) / 1000);
      return { kind: 'failed', trouble: 'answered_400' };
    };
    for (let tries = 1; tries <= 10; tries += 1) {
      await world.sending.execute();
      world.clock.advance((pauseBefore(tries, 0) ?? 400_000) - 1);
      await world.done();
      await world.sending.execute();
      world.clock.advance(1);
    }
    await world.sending.execute();
    expect(times).toEqual([0, 5, 305, 2105, 9305, 27_305, 63_305, 113_705, 185_705, 272_105]);
    const ids = world.sender.sent.filter(({ data }) => data.id === generation.id).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    expect(world.told).toEqual([]);
    expect(world.log.at('info')).toContain('a webhook is given up');
  });
});

describe('what failed together', () => {
  it('does not come back together: each waits up to a fifth longer, as chance has it', async () => {
    await world.add();
    for (let count = 0; count < 100; count += 1) await world.done();
    const times: number[] = [];
    const start = world.clock.now().getTime();
    world.sender.answer = () => {
      world.chance = (world.chance + 0.37) % 1;
      times.push((world.clock.now().getTime() - start) / 1000);
      return { kind: 'failed', trouble: 'not_reached' };
    };
    await world.runFor(1, 1);
    expect(times).toHaveLength(100);
    // At the second try, after 5 to 6 s; at the third, after 300 to 360 s more.
    await world.runFor(10, 1);
    times.length = 0;
    await world.runFor(400, 1);
    expect(times).toHaveLength(100);
    const most = Math.max(...times.map((time) => times.filter((other) => other === time).length));
    expect(most).toBeLessThan(5);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(50);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(305);
    expect(Math.max(...times)).toBeLessThanOrEqual(370);
  });

  it('waits no less than documented, and no more than a fifth longer', () => {
    const all = Array.from({ length: 11 }, (_, index) => [pauseBefore(index, 0), pauseBefore(index, 0.999)]);
    expect(all.filter(([least]) => least === null)).toHaveLength(2);
    for (const [least, most] of all) if (least != null) expect((most ?? 0) / least).toBeCloseTo(1.2, 2);
  });
});

describe('an address that asks for quiet', () => {
  it('is left alone for so long with all that waits for it, and no try is lost meanwhile', async () => {
    await world.add();
    await world.add({ url: 'https://well.example/' }, somebodyElse);
    const start = world.clock.now().getTime();
    const times: number[] = [];
    let isBusy = true;
    world.sender.answer = ({ hook }) => {
      if (hook.url.includes('well')) return { kind: 'taken' };
      times.push((world.clock.now().getTime() - start) / 1000);
      return isBusy ? { kind: 'failed', trouble: 'answered_429', quietFor: 1200 } : { kind: 'taken' };
    };
    await world.done();
    await world.sending.execute();
    for (let count = 0; count < 30; count += 1) await world.done();
    isBusy = false;
    await world.done(somebodyElse);
    await world.runFor(1199, 1);
    expect(times).toEqual([0]);
    expect(world.sender.sent.filter(({ hook }) => hook.url.includes('well'))).toHaveLength(1);
    await world.runFor(1, 1);
    expect(times).toHaveLength(32);
    expect(new Set(times.slice(1))).toEqual(new Set([1200]));
    expect(world.sender.sent.at(-1)?.tries).toBeLessThanOrEqual(2);
  });
});

describe('an address that takes nothing', () => {
  const failing = () => {
    world.sender.answer = ({ hook }) =>
      hook.url.includes('shop') ? { kind: 'failed', trouble: 'timed_out' } : { kind: 'taken' };
  };

  it('is switched off after three days, its owner told once, and nothing is sent there again', async () => {
    const { id } = await world.add();
    failing();
    await world.done();
    await world.runFor(3 * days - 3600, 1800);
    expect(await world.listing.execute({ owner: someone })).toMatchObject([
      { id, switchedOffAt: null, lastTrouble: 'timed_out' },
    ]);
    await world.done();
    await world.runFor(days, 1800);
    expect(world.told).toMatchObject([{ id, owner: someone, lastTrouble: 'timed_out' }]);
    const [hook] = await world.listing.execute({ owner: someone });
    expect(hook?.switchedOffAt).not.toBeNull();
    const { length } = world.sender.sent;
    await world.done();
    await world.runFor(days, 1800);
    expect(world.sender.sent).toHaveLength(length);
    expect(world.told).toHaveLength(1);
    expect(await refusalOf(world.testing.execute({ hook: id }, { owner: someone }))).toEqual({
      code: 'webhook_off',
    });
    expect(await refusalOf(world.testing.execute({ hook: id }, { owner: somebodyElse }))).toMatchObject({
      code: 'not_found',
    });
  });

  it('is well again with the first event that it takes', async () => {
    await world.add();
    failing();
    await world.done();
    await world.runFor(2 * days, 1800);
    world.sender.answer = () => ({ kind: 'taken' });
    await world.runFor(days, 1800);
    expect(await world.listing.execute({ owner: someone })).toMatchObject([
      { failingSince: null, failures: 0, lastTrouble: null },
    ]);
    failing();
    await world.done();
    await world.runFor(2 * days, 1800);
    expect(world.told).toEqual([]);
  });

  it('has not failed for the days in which this program did not run', async () => {
    await world.add();
    failing();
    for (let count = 0; count < 6; count += 1) await world.done();
    await world.sending.execute();
    world.clock.advance(30 * days);
    await world.runFor(2 * days, 3600);
    expect(world.told).toEqual([]);
    await world.runFor(2 * days, 3600);
    expect(world.told).toHaveLength(1);
  });

  it('is switched off at once where it says that it is gone', async () => {
    await world.add();
    world.sender.answer = () => ({ kind: 'gone' });
    await world.done();
    await world.sending.execute();
    expect(world.told).toMatchObject([{ lastTrouble: 'answered_410' }]);
  });

  it('has its owner told again where that failed, for a week', async () => {
    await world.add();
    world.sender.answer = () => ({ kind: 'gone' });
    let tries = 0;
    world.tell = async () => {
      tries += 1;
      throw new Error('Telegram is away');
    };
    await world.done();
    await world.sending.execute();
    expect(tries).toBe(1);
    await world.runFor(3000, 60);
    expect(tries).toBe(6);
    await world.runFor(8 * days, 3600);
    const { length } = world.log.at('warn');
    await world.runFor(days, 3600);
    expect(world.log.at('warn')).toHaveLength(length);
  });

  it('keeps no other waiting, and gets one event at a time while it fails', async () => {
    await world.add();
    await world.add({ url: 'https://well.example/' }, somebodyElse);
    failing();
    await world.done();
    await world.sending.execute();
    world.clock.advance(10);
    let open: (() => void) | undefined;
    const closed = new Promise<void>((resolve) => {
      open = resolve;
    });
    let atShop = 0;
    let most = 0;
    const delivered: string[] = [];
    world.sender.answer = async ({ hook, data }) => {
      if (hook.url.includes('well')) {
        delivered.push(String(data.id));
        if (delivered.length === 30) open?.();
        return { kind: 'taken' };
      }
      atShop += 1;
      most = Math.max(most, atShop);
      await closed;
      atShop -= 1;
      return { kind: 'failed', trouble: 'timed_out' };
    };
    for (let count = 0; count < 30; count += 1) {
      await world.done();
      await world.done(somebodyElse);
    }
    await world.sending.execute();
    expect(delivered).toHaveLength(30);
    expect(most).toBe(1);
  });

  it('keeps nothing new waiting that comes meanwhile', async () => {
    await world.add();
    await world.add({ url: 'https://well.example/' }, somebodyElse);
    let open: (() => void) | undefined;
    const closed = new Promise<void>((resolve) => {
      open = resolve;
    });
    const hanging = new Promise<void>((begun) => {
      world.sender.answer = async ({ hook }) => {
        if (hook.url.includes('well')) open?.();
        else {
          begun();
          await closed;
        }
        return { kind: 'taken' };
      };
    });
    await world.sending.start();
    await world.done();
    await hanging;
    // Only when this one is taken does the other end.
    await world.done(somebodyElse);
    await closed;
    await world.sending.stop();
    expect(world.sender.sent).toHaveLength(2);
  });
});

it('loses no event that comes while the last owner is being told', async () => {
  await world.add();
  await world.add({ url: 'https://well.example/' }, somebodyElse);
  const arrived = new Promise<void>((resolve) => {
    world.sender.answer = ({ hook }) => {
      if (hook.url.includes('shop')) return { kind: 'gone' };
      resolve();
      return { kind: 'taken' };
    };
  });
  world.tell = async () => {
    await world.done(somebodyElse);
    return { kind: 'sent' };
  };
  await world.sending.start();
  await world.done();
  await arrived;
  await world.sending.stop();
});

it('ends what is under way before it begins anew, when the database goes away', async () => {
  await world.add();
  const { eventHooks } = world.database.stores;
  const take = eventHooks.take.bind(eventHooks);
  let open: (() => void) | undefined;
  world.sender.answer = () =>
    new Promise((resolve) => {
      open = () => resolve({ kind: 'taken' });
    });
  let takes = 0;
  const failed = new Promise<void>((resolve) => {
    eventHooks.take = async (...args) => {
      takes += 1;
      if (takes === 1) return take(...args);
      resolve();
      throw new Error('the database is away');
    };
  });
  await world.sending.start();
  await world.done();
  await failed;
  let hasStopped = false;
  const stopped = world.sending.stop().then(() => {
    hasStopped = true;
  });
  await new Promise(setImmediate);
  expect(hasStopped).toBe(false);
  open?.();
  await stopped;
  expect(await eventHooks.waiting(world.clock.now())).toMatchObject({ well: 0, failing: 0 });
  expect(world.log.at('warn')).toContain('webhooks wait; they are tried again');
});

it('sends nothing in a process that is no worker', async () => {
  await world.add();
  await world.done();
  await world.sending.stop();
  expect(world.sender.sent).toEqual([]);
});
