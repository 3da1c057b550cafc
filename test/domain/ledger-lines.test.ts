import { expect, it } from 'vitest';
import { hold, type LedgerEntry, refund, settle } from '../../src/domain/ledger.js';
import { jobLines } from '../../src/domain/ledger-lines.js';
import { longAgo, someone } from '../support/builders/ids.js';

const aJob = (account: string, held = 20) => ({ owner: someone, account, held });
/** As they are read: newest first. */
const lines = (...written: readonly LedgerEntry[]) =>
  jobLines(written.map((entry) => ({ ...entry, at: longAgo })).reverse());
const grant: LedgerEntry = { user: someone, kind: 'grant', amount: 100, reason: 'grant:uuid:thank you' };

it('makes one line of all that a job wrote', () => {
  const image = aJob('generation:a#1');
  const training = aJob('training:b', 50);
  expect(
    lines(grant, ...hold(image), ...hold(training), ...settle(image, 5), ...hold(aJob('generation:c'))),
  ).toMatchObject([
    { kind: 'held', what: 'generation', amount: -20, returned: 0 },
    { kind: 'paid', what: 'generation', amount: -5, returned: 20 },
    { kind: 'held', what: 'training', amount: -50, returned: 0 },
    { kind: 'grant', what: 'other', amount: 100, reason: 'uuid:thank you' },
  ]);
});

it('tells what came back, after nothing arrived or after all was charged', () => {
  const image = aJob('generation:a');
  expect(lines(...hold(image), ...settle(image, 0))).toMatchObject([{ kind: 'returned', amount: 0 }]);
  const charged = [...hold(image), ...settle(image, 20)];
  expect(lines(...charged, ...refund(image, 20))).toMatchObject([{ kind: 'returned', amount: 0 }]);
});

it('leaves out a job whose hold lies beyond what was read, and keeps a refund of one', () => {
  const image = aJob('generation:a');
  expect(lines(...settle(image, 20))).toEqual([]);
  expect(lines(...refund(image, 20))).toMatchObject([{ kind: 'refund', amount: 20 }]);
});
