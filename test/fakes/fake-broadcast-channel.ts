import type {
  BroadcastChannel,
  BroadcastReport,
} from '../../src/application/ports/operator/broadcast-channel.js';
import type { BroadcastProgress } from '../../src/application/ports/stores/operator/broadcast-store.js';
import type { UserId } from '../../src/domain/ids.js';

/** Everything arrives, unless told otherwise; keeps whom it was sent to, in that order. */
export class FakeBroadcastChannel implements BroadcastChannel {
  readonly arrived: UserId[] = [];
  readonly shown: BroadcastProgress[] = [];
  /** What happens to the next one that leaves: it is told in place of `sent`. */
  answer: (person: UserId) => BroadcastReport | Promise<BroadcastReport> = () => ({ kind: 'sent' });
  beforeTurn: () => Promise<void> = async () => undefined;

  turn(): Promise<void> {
    return this.beforeTurn();
  }

  async send(...[, { id }, mayLeave]: Parameters<BroadcastChannel['send']>): Promise<BroadcastReport> {
    if (!(await mayLeave())) return { kind: 'held' };
    const report = await this.answer(id);
    if (report.kind === 'sent') this.arrived.push(id);
    return report;
  }

  async show(progress: BroadcastProgress): Promise<void> {
    this.shown.push(progress);
  }
}
