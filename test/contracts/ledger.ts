import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.js';
import {
  chargedFor,
  type Generation,
  heldFor,
  ledgerReference,
} from '../../src/domain/generation/generation.js';
import type { UserId } from '../../src/domain/ids.js';
import { hold, type LedgerEntry, mostCredits, settle } from '../../src/domain/ledger.js';
import { chargedForTraining, trainingAccount, trainingStatuses } from '../../src/domain/training/training.js';
import { aGeneration } from '../support/builders/a-generation.js';
import { aTraining, givenTraining } from '../support/builders/a-training.js';
import { givenUser } from '../support/builders/given.js';
import { longAgo, secondsLater } from '../support/builders/ids.js';
import type { OpenedStores } from './open-stores.js';

const grant = (user: UserId, amount: number, reason: string): LedgerEntry => ({
  user,
  kind: 'grant',
  amount,
  reason: `grant:${reason}`,
});

const paidJob = (generation: Generation) => ({
  owner: generation.owner,
  account: ledgerReference(generation),
  held: heldFor(generation),
});

/** Holds for every Ledger. */
export function ledgerContract(opened: () => OpenedStores): void {
  describe('as Ledger', () => {
    const stores = () => opened().database.stores;
    const ledger = () => stores().ledger;
    const newUser = async (credits = 0) => (await givenUser(stores(), { credits })).id;

    it('has nothing for one who never had anything', async () => {
      const user = await newUser();
      expect(await ledger().account(user)).toEqual({ balance: 0, held: 0 });
      expect(await ledger().history(user, 10)).toEqual([]);
      expect(await ledger().write([], longAgo)).toBe(0);
    });

    it('carries a job from hold to capture', async () => {
      const user = await newUser(100);
      const job = { owner: user, account: 'generation:a', held: 20 };
      expect(await ledger().write(hold(job), longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: 80, held: 20 });
      expect(await ledger().write(settle(job, 15), longAgo)).toBe(2);
      expect(await ledger().account(user)).toEqual({ balance: 85, held: 0 });
    });

    it('knows what jobs have cost since an entry, with what is set aside', async () => {
      const user = await newUser(100);
      const other = await newUser(100);
      const job = (account: string, held: number, owner = user) => ({ owner, account, held });
      const early = job('generation:early', 10);
      await ledger().write([...hold(job('generation:before', 30)), ...hold(early)], longAgo);
      await ledger().write([{ user, kind: 'purchase', amount: 50, reason: 'purchase:a' }], longAgo);
      expect(await ledger().spentSince('purchase:a')).toBe(0);
      await ledger().write(
        [...hold(job('generation:a', 20)), ...settle(job('generation:a', 20), 15)],
        longAgo,
      );
      await ledger().write(hold(job('training:b', 7)), longAgo);
      await ledger().write(hold(job('generation:c', 9, other)), longAgo);
      await ledger().write([grant(user, 5, 'gift')], longAgo);
      await ledger().write([{ user, kind: 'payback', amount: -3, reason: 'payback:x' }], longAgo);
      await ledger().write([{ user, kind: 'refund', amount: 3, reason: 'refund:x' }], longAgo);
      expect(await ledger().spentSince('purchase:a')).toBe(22);
      await ledger().write(settle(early, 0), longAgo);
      expect(await ledger().spentSince('purchase:a')).toBe(12);
      expect(await ledger().spentSince('purchase:never')).toBe(0);
    });

    it('shows an account that it locks as it is', async () => {
      const user = await newUser(100);
      await opened().database.transaction(async (inside) => {
        expect(await inside.ledger.lock(user)).toEqual({ balance: 100, held: 0 });
      });
      expect(await ledger().lock(await newUser())).toEqual({ balance: 0, held: 0 });
    });

    it('writes a reason once, whatever it says the second time and of whomever', async () => {
      const [user, other] = [await newUser(), await newUser()];
      expect(await ledger().write([grant(user, 9, 'once')], longAgo)).toBe(1);
      expect(await ledger().write([grant(user, 900, 'once')], longAgo)).toBe(0);
      expect(await ledger().write([grant(other, 9, 'once')], longAgo)).toBe(0);
      expect(await ledger().write([grant(user, 1, 'once'), grant(user, 2, 'new')], longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: 11, held: 0 });
      expect(await ledger().account(other)).toEqual({ balance: 0, held: 0 });
    });

    it('refuses grants that no account can hold, one alone and in sum, and lets money come back', async () => {
      const user = await newUser();
      const most = mostCredits;
      const full = { code: 'too_many_credits' };
      for (const amount of [most + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER])
        await expect(ledger().write([grant(user, amount, `of ${amount}`)], longAgo)).rejects.toMatchObject(
          full,
        );
      await expect(
        ledger().write(hold({ owner: user, account: 'x', held: 2 ** 40 }), longAgo),
      ).rejects.toMatchObject({
        code: 'insufficient_credits',
      });
      expect(await ledger().account(user)).toEqual({ balance: 0, held: 0 });
      expect(await ledger().write([grant(user, most, 'all of it')], longAgo)).toBe(1);
      const job = { owner: user, account: 'generation:a', held: 20 };
      await ledger().write(hold(job), longAgo);
      // What is held counts too: it may come back.
      await expect(ledger().write([grant(user, 1, 'more')], longAgo)).rejects.toMatchObject(full);
      expect(await ledger().write(settle(job, 0), longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: most, held: 0 });
    });

    it('lets only a charge of the store take somebody below zero, and then no hold until it is made good', async () => {
      const user = await newUser(20);
      const job = { owner: user, account: 'generation:a', held: 5 };
      await ledger().write(hold(job), longAgo);
      const payback: LedgerEntry = { user, kind: 'payback', amount: -16, reason: 'payback:a' };
      await expect(ledger().write([payback], longAgo)).rejects.toMatchObject({
        code: 'insufficient_credits',
      });
      const chargeback: LedgerEntry = { user, kind: 'chargeback', amount: -50, reason: 'chargeback:a' };
      expect(await ledger().write([chargeback], longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: -35, held: 5 });
      const next = hold({ owner: user, account: 'generation:b', held: 5 });
      await expect(ledger().write(next, longAgo)).rejects.toMatchObject({ code: 'insufficient_credits' });
      // What was begun before is settled, and what comes in is taken, as ever.
      expect(await ledger().write(settle(job, 5), longAgo)).toBe(2);
      expect(await ledger().write([grant(user, 30, 'some')], longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: -5, held: 0 });
      expect(await ledger().write([grant(user, 10, 'more')], longAgo)).toBe(1);
      expect(await ledger().write(next, longAgo)).toBe(1);
      expect(await ledger().account(user)).toEqual({ balance: 0, held: 5 });
    });

    it('writes a repeated hold once, also when there is nothing left for a second', async () => {
      const user = await newUser(5);
      const entries = hold({ owner: user, account: 'generation:a', held: 5 });
      expect(await ledger().write(entries, longAgo)).toBe(1);
      expect(await ledger().write(entries, longAgo)).toBe(0);
      expect(await ledger().account(user)).toEqual({ balance: 0, held: 5 });
    });

    it('writes one of twenty payments with the same reason', async () => {
      const user = await newUser();
      const pay = () => ledger().write([grant(user, 50, 'charge-id')], longAgo);
      const written = await Promise.all(Array.from({ length: 20 }, pay));
      expect(written.filter((count) => count === 1)).toHaveLength(1);
      expect(await ledger().account(user)).toEqual({ balance: 50, held: 0 });
    });

    it('accepts exactly as many parallel holds as can be paid for', async () => {
      const user = await newUser(9);
      const accept = (_: unknown, job: number) =>
        opened().database.transaction((inside) =>
          inside.ledger.write(hold({ owner: user, account: `generation:${job}`, held: 2 }), longAgo),
        );
      const ends = await Promise.allSettled(Array.from({ length: 20 }, accept));
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
      for (const end of ends)
        if (end.status === 'rejected')
          expect(end.reason).toMatchObject({
            refusal: { code: 'insufficient_credits', needed: 2, balance: 1 },
          });
      expect(await ledger().account(user)).toEqual({ balance: 1, held: 8 });
      expect(await ledger().history(user, 100)).toHaveLength(5);
    });

    it('writes two jobs at once that meet in the same reasons the other way round', async () => {
      const user = await newUser(1);
      const entries = Array.from({ length: 20 }, (_, number) => grant(user, 1, `meeting ${number}`));
      const write = (order: LedgerEntry[]) =>
        opened().database.transaction((inside) => inside.ledger.write(order, longAgo));
      const written = await Promise.all([write(entries), write(entries.toReversed())]);
      expect(written.toSorted()).toEqual([0, 20]);
      expect(await ledger().account(user)).toEqual({ balance: 21, held: 0 });
    });

    it('refuses to spend what is not there, with what is', async () => {
      const user = await newUser(3);
      const refused = ledger().write(hold({ owner: user, account: 'generation:a', held: 5 }), longAgo);
      await expect(refused).rejects.toThrow(DomainError);
      await expect(refused).rejects.toMatchObject({
        refusal: { code: 'insufficient_credits', needed: 5, balance: 3 },
      });
      expect(await ledger().account(user)).toEqual({ balance: 3, held: 0 });
    });

    it('leaves nothing of a transaction that would overdraw', async () => {
      const user = await newUser(5);
      const generation = aGeneration({ owner: user });
      const work = opened().database.transaction(async (inside) => {
        await inside.generations.add(generation, 'tap');
        await inside.jobs.add({ task: 'submit-next' });
        await inside.ledger.write([grant(user, 2, 'kind words')], longAgo);
        await inside.ledger.write(hold({ owner: user, account: 'generation:a', held: 8 }), longAgo);
      });
      await expect(work).rejects.toMatchObject({ code: 'insufficient_credits' });
      expect(await stores().generations.find(generation.id)).toBeNull();
      expect(await opened().waitingJobs()).toEqual([]);
      expect(await ledger().account(user)).toEqual({ balance: 5, held: 0 });
      expect(await ledger().history(user, 10)).toHaveLength(1);
    });

    it('writes all entries that stand together or none, also outside a transaction', async () => {
      const user = await newUser(5);
      const overdraft = hold({ owner: user, account: 'generation:a', held: 8 });
      await expect(ledger().write([grant(user, 2, 'kind words'), ...overdraft], longAgo)).rejects.toThrow();
      expect(await ledger().account(user)).toEqual({ balance: 5, held: 0 });
      expect(await ledger().history(user, 10)).toHaveLength(1);
    });

    it('gives back nothing that was not held', async () => {
      const user = await newUser(5);
      const job = { owner: user, account: 'generation:a', held: 5 };
      await expect(ledger().write(settle(job, 0), longAgo)).rejects.toThrow();
      expect(await ledger().account(user)).toEqual({ balance: 5, held: 0 });
    });

    it('tells the history of one user, newest first', async () => {
      const [user, other] = [await newUser(), await newUser(7)];
      const job = { owner: user, account: 'generation:a', held: 5 };
      await ledger().write([grant(user, 9, 'start')], secondsLater(1));
      await ledger().write(hold(job), secondsLater(2));
      await ledger().write(settle(job, 5), secondsLater(3));
      const expected = [
        { user, kind: 'capture', amount: -5, reason: 'capture:generation:a', at: secondsLater(3) },
        { user, kind: 'release', amount: 5, reason: 'release:generation:a', at: secondsLater(3) },
        { user, kind: 'hold', amount: -5, reason: 'hold:generation:a', at: secondsLater(2) },
        { user, kind: 'grant', amount: 9, reason: 'grant:start', at: secondsLater(1) },
      ];
      expect(await ledger().history(user, 10)).toEqual(expected);
      expect(await ledger().history(user, 2)).toEqual(expected.slice(0, 2));
      expect(await ledger().history(other, 10)).toHaveLength(1);
      const first = await ledger().historyPage(user, 3);
      const rest = await ledger().historyPage(user, 3, first[2]?.place);
      expect([...first, ...rest].map(({ place: _, ...entry }) => entry)).toEqual(expected);
      expect(await ledger().historyPage(user, 3, '0')).toEqual([]);
      expect(await ledger().historyPage(other, 10, rest[0]?.place)).not.toContainEqual(
        expect.objectContaining({ user }),
      );
    });

    it('finds nothing wrong with good books', async () => {
      const user = await newUser(1000);
      const jobs: Generation[] = [
        aGeneration({ owner: user }),
        aGeneration({ owner: user, price: 0 }),
        aGeneration({ owner: user, status: 'submitting' }),
        aGeneration({ owner: user, status: 'submitted' }),
        aGeneration({ owner: user, status: 'collected' }),
        aGeneration({ owner: user, status: 'delivered', run: 2 }),
        aGeneration({ owner: user, status: 'blocked' }),
        aGeneration({ owner: user, status: 'failed' }),
        aGeneration({ owner: user, status: 'cancelled', price: 0 }),
      ];
      for (const job of jobs) {
        await stores().generations.add(job);
        for (let run = 0; run < job.run; run += 1) {
          const earlier = paidJob({ ...job, run });
          await ledger().write([...hold(earlier), ...settle(earlier, 0)], longAgo);
        }
        await ledger().write(hold(paidJob(job)), longAgo);
        const isOpen = ['accepted', 'submitting', 'submitted'].includes(job.status);
        if (!isOpen) await ledger().write(settle(paidJob(job), chargedFor(job)), secondsLater(1));
      }
      for (const status of trainingStatuses) {
        const training = await givenTraining(stores(), aTraining({ status, owner: user, price: 50 }));
        const job = { owner: user, account: trainingAccount(training), held: training.price };
        await ledger().write(hold(job), longAgo);
        if (['ready', 'failed', 'cancelled'].includes(status))
          await ledger().write(settle(job, chargedForTraining(training)), secondsLater(1));
      }
      expect(await ledger().account(user)).toEqual({ balance: 1000 - 15 - 10 - 150 - 50, held: 15 + 150 });
      expect(await ledger().breaches()).toEqual([]);
    });

    it('finds jobs whose entries are missing, too few or too many', async () => {
      const user = await newUser(100);
      const unpaid = aGeneration({ owner: user });
      const overpaid = aGeneration({ owner: user, status: 'failed' });
      const unsettled = aGeneration({ owner: user, status: 'delivered' });
      for (const job of [unpaid, overpaid, unsettled]) await stores().generations.add(job);
      await ledger().write([...hold(paidJob(overpaid)), ...settle(paidJob(overpaid), 5)], longAgo);
      await ledger().write(hold(paidJob(unsettled)), longAgo);
      const training = await givenTraining(stores(), aTraining({ owner: user }));
      const breaches = await ledger().breaches();
      expect(breaches).toHaveLength(4);
      for (const { id } of [unpaid, overpaid, unsettled, training]) expect(breaches.join()).toContain(id);
    });

    it('looks at those people alone who had a part in the latest rows, and at all of theirs', async () => {
      const [early, late] = [await newUser(100), await newUser(100)];
      const wrong = (owner: UserId, seconds: number) =>
        aGeneration({ owner, status: 'failed', createdAt: secondsLater(seconds) });
      const jobs = [wrong(early, 1), wrong(late, 2), wrong(late, 3)];
      for (const job of jobs) {
        await stores().generations.add(job);
        await ledger().write(hold(paidJob(job)), secondsLater(4));
      }
      const found = async (latest?: number) => {
        const breaches = (await ledger().breaches(latest)).join();
        return jobs.map(({ id }) => breaches.includes(id));
      };
      expect(await found(1)).toEqual([false, true, true]);
      expect(await found(3)).toEqual([true, true, true]);
      expect(await found()).toEqual([true, true, true]);
    });
  });
}
