import type { BilledDay, BillLine } from '../../../../domain/operator/bill.js';

/** The provider's bill beside our estimates, day by day. */
export interface BillStore {
  /** What the jobs that the provider took from then on and before `to` are estimated to cost, by endpoint. */
  reckoned(from: Date, to: Date): Promise<Pick<BillLine, 'endpoint' | 'reckoned'>[]>;
  /** In place of what was kept of these days. In a transaction. */
  keep(days: readonly BilledDay[]): Promise<void>;
  /** The newest days that were read, the newest first, and their lines by endpoint. */
  latest(days: number): Promise<BilledDay[]>;
}
