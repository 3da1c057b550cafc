import type { Audit } from './audit.js';
import { type BroadcastAudit, broadcastBreaches } from './broadcasts/broadcast-audit.js';
import { some } from './open-work.js';
import { type PaymentAudit, paymentBreaches } from './payments/payment-audit.js';

export interface ChaosReport extends Audit {
  readonly crashes: number;
  readonly databaseCrashes: number;
  readonly pauses: number;
  /** Submits whose answer was lost, by a cut connection or with their process. */
  readonly ambiguousSubmits: number;
  /** Messages whose answer was lost the same way. */
  readonly ambiguousSends: number;
  /** Pictures that may have been sent and not written down when a process was killed or lost the database. */
  readonly inTelegramsHands: number;
  /** What had not settled in time; empty when everything had. */
  readonly open: string;
  /** From the end of the last fault until all jobs had ended and were told, in seconds. */
  readonly settledAfter: number;
  /** What both sides of the till say. */
  readonly money: PaymentAudit;
  /** What was written to everybody, and who got it. */
  readonly news: BroadcastAudit;
  /** What must never happen, and did; empty is what we want. */
  readonly breaches: readonly string[];
}

/** Longest wait for a first word while nothing is wrong, in seconds. */
const patience = 60;

/** What must never be; empty is what we want. */
export function breachesIn(report: Omit<ChaosReport, 'breaches'>): string[] {
  const must: ReadonlyArray<readonly [boolean, string]> = [
    [report.open === '', `not settled in time: ${report.open}`],
    [report.accepted > 0, 'nothing was accepted'],
    [report.unanswered.length === 0, `without an answer: ${some(report.unanswered)}`],
    [
      report.longestSilence <= patience,
      `${report.longestSilence} s without a word: ${report.longestSilenceOf}`,
    ],
    [report.trainingTroubles.length === 0, report.trainingTroubles.join('; ')],
    [report.unsafeDelivered === 0, `${report.unsafeDelivered} pictures with odd safety flags handed out`],
    [report.lost.length === 0, `lost: ${some(report.lost)}`],
    [report.untold.length === 0, `not told: ${some(report.untold)}`],
    [report.holdsLeft === 0, `${report.holdsLeft} accounts with holds left`],
    [report.negativeBalances === 0, `${report.negativeBalances} negative balances without a chargeback`],
    [report.wronglyCharged === 0, `${report.wronglyCharged} charged for what they did not get`],
    [
      report.duplicatePurchases <= report.ambiguousSubmits,
      `${report.duplicatePurchases} duplicate purchases for ${report.ambiguousSubmits} ambiguous submits`,
    ],
    [
      report.boughtNeedlessly.length === 0,
      `bought again though a webhook had told of it: ${some(report.boughtNeedlessly)}`,
    ],
    [
      report.duplicateDeliveries <= report.inTelegramsHands + report.ambiguousSends,
      `${report.duplicateDeliveries} pictures came twice, more than were in Telegram's hands (${report.inTelegramsHands}) or had their answer lost (${report.ambiguousSends})`,
    ],
    [report.ledgerBreaches.length === 0, report.ledgerBreaches.join('; ')],
  ];
  return [
    ...must.filter(([holds]) => !holds).map(([, breach]) => breach),
    ...paymentBreaches(report.money),
    ...broadcastBreaches(report.news),
  ];
}
