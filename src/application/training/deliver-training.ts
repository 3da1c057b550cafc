import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import type { Training, TrainingIn } from '../../domain/training/training.js';
import { proofAnnounced, trainingAnnounced } from '../../domain/training/training-transitions.js';
import { handOverSeconds, retryWrite, type Sleep } from '../jobs/hand-over.js';
import { Holding } from '../jobs/holding.js';
import { leaseFor } from '../jobs/lease.js';
import type { TickingClock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Database } from '../ports/stores/stores.js';
import {
  DeliveryDelayed,
  type DeliveryReport,
  type Notification,
  type Transport,
} from '../ports/transport.js';

/** Another process has the way in that this one lacks: leave it alone for so many seconds. */
const elsewhereSeconds = 20;
/** Somebody else works on the row: look again after so many. */
const busySeconds = 1;
/** News that cannot be told for a day are given up; what became of the avatar stands in its card. */
const givenUpAfterSeconds = 86_400;

type Over = TrainingIn<'ready' | 'failed' | 'cancelled'>;

/** A thing to tell, when it happened, and what the row says once it was told. */
interface Announcement {
  readonly notification: Notification;
  readonly since: Date;
  readonly told: (now: Date) => Over;
}

/** Tells its owner once that an avatar is ready or will not be, and shows the proof sheet once. */
export class DeliverTraining {
  constructor(
    private readonly database: Database,
    private readonly transports: readonly Transport[],
    private readonly clock: TickingClock,
    private readonly worker: string,
    private readonly metrics: Metrics,
    private readonly log: Logger,
    private readonly sleep: Sleep,
  ) {}

  async execute(id: TrainingId): Promise<void> {
    const { trainings } = this.database.stores;
    const found = await trainings.find(id);
    if (found === null || !isOver(found)) return;
    const now = this.clock.now();
    const from = this.clock.ticks();
    const state = await trainings.acquire(id, found.status, this.lease(), now);
    if (state === null || !isOver(state)) return this.comeBack(found, now);
    const transport = this.transports.find(({ name }) => name === state.origin.transport);
    if (transport === undefined) return trainings.free(id, this.worker, secondsAfter(now, elsewhereSeconds));
    let held = state;
    let since = from;
    try {
      for (
        let announcement = await this.announcementOf(held);
        announcement !== null;
        announcement = await this.announcementOf(held)
      ) {
        held = await this.tell(transport, held, announcement, since);
        since = this.clock.ticks();
      }
      await trainings.free(id, this.worker, secondsAfter(this.clock.now(), elsewhereSeconds));
    } catch (error) {
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  /** Its proof sheet is being made at this moment, or another worker tells. */
  private async comeBack(found: Over, now: Date): Promise<void> {
    if ((await this.announcementOf(found)) === null) return;
    const again = secondsAfter(now, busySeconds);
    await this.database.stores.jobs.add({ task: 'deliver-training', training: found.id }, again);
  }

  private async announcementOf(training: Over): Promise<Announcement | null> {
    const avatar = await this.database.stores.avatars.find(training.avatar);
    if (training.announcedAt === null)
      return training.status === 'ready'
        ? {
            notification: { kind: 'avatar-ready', training, avatar },
            since: training.readyAt,
            told: (now) => trainingAnnounced(training, now),
          }
        : {
            notification: { kind: 'training-ended', training, avatar },
            since: training.endedAt,
            told: (now) => trainingAnnounced(training, now),
          };
    if (training.status !== 'ready' || training.proof.status !== 'composed') return null;
    const { sheet, announcedAt } = training.proof;
    if (announcedAt !== null) return null;
    return {
      notification: { kind: 'proof-sheet', training, avatar, sheet },
      since: training.readyAt,
      told: (now) => proofAnnounced(training, now),
    };
  }

  /** @throws StaleWrite when it is not told, or the row is no longer ours */
  private async tell(
    transport: Transport,
    state: Over,
    announcement: Announcement,
    since: number,
  ): Promise<Over> {
    let report: DeliveryReport | null = null;
    const holding = new Holding(this.clock, () => this.renew(state), since);
    try {
      report = await transport.deliver(announcement.notification, () => holding.confirm());
      this.log.info('told of a training', {
        training: state.id,
        notification: announcement.notification.kind,
        report: report.kind === 'sent' ? report.kind : report,
      });
    } catch (error) {
      if (error instanceof StaleWrite) throw error;
      if (!(await this.putOff(state, announcement, error))) throw new StaleWrite('told later');
    }
    const next = await this.closeWithRetry(state, announcement, report);
    await this.tidyUp(state, report);
    return next;
  }

  private async renew(state: Over): Promise<void> {
    const lease = this.lease();
    const precondition = { status: state.status, lease: this.worker };
    await this.database.stores.trainings.save(state, precondition, { checkAfter: lease.until, lease });
  }

  private async closeWithRetry(
    state: Over,
    announcement: Announcement,
    report: DeliveryReport | null,
  ): Promise<Over> {
    try {
      return await retryWrite(
        () => this.close(state, announcement),
        this.sleep,
        (error) => this.log.warn('told, and not yet written down', { training: state.id, error }),
      );
    } finally {
      if (report?.kind === 'sent') report.written?.();
    }
  }

  /** The row stays ours: there may be more to tell. */
  private async close(state: Over, { told }: Announcement): Promise<Over> {
    const now = this.clock.now();
    const next = told(now);
    const lease = this.lease();
    await this.database.stores.trainings.save(
      next,
      { status: state.status, lease: this.worker },
      { checkAfter: lease.until, lease },
    );
    return next;
  }

  private async tidyUp(state: Over, report: DeliveryReport | null): Promise<void> {
    try {
      if (report?.kind === 'sent') await report.tidyUp?.();
    } catch (error) {
      this.log.warn('told, and not tidied up after', { training: state.id, error });
    }
  }

  /** True when it was tried for long enough: count it as told. */
  private async putOff(state: Over, { since }: Announcement, error: unknown): Promise<boolean> {
    const now = this.clock.now();
    const age = (now.getTime() - since.getTime()) / 1000;
    this.metrics.deliveryRetried(state.origin.transport);
    if (!(error instanceof DeliveryDelayed)) throw error;
    this.log.warn('could not tell of a training', { training: state.id, error });
    if ((await this.database.stores.trainings.waited(state.id)) > givenUpAfterSeconds) return true;
    const asked = error.retryAfter;
    const again = secondsAfter(now, asked ?? Math.min(300, Math.max(1, age)));
    await this.database.transaction(async (stores) => {
      await stores.trainings.free(state.id, this.worker, again);
      await stores.jobs.add({ task: 'deliver-training', training: state.id }, again);
    });
    return false;
  }

  private lease() {
    return leaseFor(this.clock, this.worker, handOverSeconds);
  }
}

const isOver = (training: Training): training is Over =>
  training.status === 'ready' || training.status === 'failed' || training.status === 'cancelled';
