import type { BillStore } from '../../src/application/ports/stores/operator/bill-store.js';
import type { BilledDay, BillLine } from '../../src/domain/operator/bill.js';
import type { Access } from './in-memory-state.js';

export class InMemoryBillStore implements BillStore {
  constructor(private readonly access: Access) {}

  reckoned(from: Date, to: Date): Promise<Pick<BillLine, 'endpoint' | 'reckoned'>[]> {
    return this.access(({ generations, training }) => {
      const jobs = [
        ...[...generations.values()].map(({ job }) => ({ job, times: 1 + job.rerolls })),
        ...[...training.rows.values()].map(({ job }) => ({ job, times: 1 })),
      ];
      const sums = new Map<string, number>();
      for (const { job, times } of jobs) {
        const at = ('submittedAt' in job ? job.submittedAt : null) ?? job.createdAt;
        if (!('ticket' in job) || job.ticket === null || at < from || at >= to) continue;
        const { endpoint } = job.order;
        sums.set(endpoint, (sums.get(endpoint) ?? 0) + (job.cost ?? 0) * times);
      }
      return [...sums]
        .map(([endpoint, reckoned]) => ({ endpoint, reckoned }))
        .sort((one, other) => (one.endpoint < other.endpoint ? -1 : 1));
    });
  }

  keep(days: readonly BilledDay[]): Promise<void> {
    return this.access(({ bills }) => {
      for (const { day, lines } of days) {
        if (lines.length === 0) bills.delete(day);
        else
          bills.set(
            day,
            [...lines].sort((one, other) => (one.endpoint < other.endpoint ? -1 : 1)),
          );
      }
    });
  }

  latest(days: number): Promise<BilledDay[]> {
    return this.access(({ bills }) =>
      [...bills]
        .map(([day, lines]) => ({ day, lines }))
        .sort((one, other) => (one.day < other.day ? 1 : -1))
        .slice(0, days),
    );
  }
}
