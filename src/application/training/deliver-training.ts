import type { TrainingId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import type { Training, TrainingEffect, TrainingIn } from '../../domain/training/training.js';
import { proofAnnounced, trainingAnnounced } from '../../domain/training/training-transitions.js';
import { elsewhereSeconds, HandOver, type HandOverParts } from '../jobs/hand-over.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { DeliveryReport, Notification, Transport } from '../ports/transport.js';
import { trainingKind } from './training-kind.js';

/** Somebody else works on the row: look again after so many. */
const busySeconds = 1;

type Over = TrainingIn<'ready' | 'failed' | 'cancelled'>;

/** A thing to tell, when it happened, and what the row says once it was told. */
interface Announcement {
  readonly notification: Notification;
  readonly since: Date;
  readonly told: (now: Date) => Over;
}

/** Tells its owner once that an avatar is ready or will not be, and shows the proof sheet once. */
export class DeliverTraining {
  private readonly handOver: HandOver<Training, TrainingEffect>;

  constructor(private readonly parts: HandOverParts) {
    this.handOver = new HandOver(parts, trainingKind);
  }

  async execute(id: TrainingId): Promise<void> {
    const { database, clock } = this.parts;
    const { lease } = this.handOver;
    const found = await database.stores.trainings.find(id);
    if (found === null || !isOver(found)) return;
    const now = clock.now();
    let since = clock.ticks();
    const state = await lease.acquire(id, found.status);
    if (state === null || !isOver(state)) return this.comeBack(found, now);
    const transport = this.handOver.transportOf(state);
    if (transport === undefined) return lease.free(state, elsewhereSeconds);
    let ours = state;
    try {
      for (;;) {
        const next = await this.announcementOf(ours);
        if (next === null) break;
        ours = await this.tell(transport, ours, next, since);
        since = clock.ticks();
      }
      await lease.free(ours, elsewhereSeconds);
    } catch (error) {
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  /** Its proof sheet is being made at this moment, or another worker tells. */
  private async comeBack(found: Over, now: Date): Promise<void> {
    if ((await this.announcementOf(found)) === null) return;
    const again = secondsAfter(now, busySeconds);
    await this.parts.database.stores.jobs.add({ task: 'deliver-training', training: found.id }, again);
  }

  private async announcementOf(training: Over): Promise<Announcement | null> {
    const avatar = await this.parts.database.stores.avatars.find(training.avatar);
    if (training.announcedAt === null) {
      const told = (now: Date) => trainingAnnounced(training, now);
      return training.status === 'ready'
        ? { notification: { kind: 'avatar-ready', training, avatar }, since: training.readyAt, told }
        : { notification: { kind: 'training-ended', training, avatar }, since: training.endedAt, told };
    }
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
    { notification, since: happened, told }: Announcement,
    since: number,
  ): Promise<Over> {
    let report: DeliveryReport | null = null;
    try {
      report = await this.handOver.send(transport, state, notification, since);
      this.parts.log.info('told of a training', {
        training: state.id,
        notification: notification.kind,
        report: report.kind === 'sent' ? report.kind : report,
      });
    } catch (error) {
      if (error instanceof StaleWrite) throw error;
      if (!(await this.handOver.hasTriedEnough(state, happened, error))) throw new StaleWrite('told later');
    }
    return this.handOver.close(state, report, () => this.close(told));
  }

  /** The row stays ours: there may be more to tell. */
  private async close(told: Announcement['told']): Promise<Over> {
    const next = told(this.parts.clock.now());
    await this.handOver.lease.renew(next);
    return next;
  }
}

const isOver = (training: Training): training is Over =>
  training.status === 'ready' || training.status === 'failed' || training.status === 'cancelled';
