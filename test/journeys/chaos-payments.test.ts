import { expect, it } from 'vitest';
import { runPaymentChaos } from '../support/chaos/payments/chaos-payments.js';

/** The short form of `npm run chaos payments`, with the books read often, because three minutes are long for a test. */
it('credits everybody who paid, once, and takes back what went back, while processes are killed', {
  timeout: 480_000,
}, async () => {
  const { breaches, audit, traded, crashes } = await runPaymentChaos({
    ...{ seed: 14, people: 60, payments: 300, workers: 1, seconds: 8 },
    ...{ kills: 2, databaseCrashes: 0, pauses: 0, pauseSeconds: 0, webhooks: false },
    patience: 4000,
    settings: { RECONCILE_SECONDS: '2' },
    settleSeconds: 120,
  });
  expect(breaches).toEqual([]);
  expect(audit.payments).toBe(300);
  expect(crashes).toBe(2);
  expect(traded.tellings.never).toBeGreaterThan(5);
  expect(traded.tellings.twice).toBeGreaterThan(5);
  for (const wanted of Object.values(traded.wanted)) expect(wanted).toBeGreaterThan(0);
  expect(audit.returned).toBeGreaterThan(10);
});
