import type { Effect, Generation, GenerationIn, Transition } from '../../domain/generation/generation.js';
import { announced, delivered, undeliverable } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { elsewhereSeconds, HandOver, type HandOverParts } from '../jobs/hand-over.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { DeliveryReport, Notification } from '../ports/transport.js';
import { generationKind } from './generation-kind.js';

type Deliverable = GenerationIn<'collected' | 'blocked' | 'failed' | 'cancelled'>;

/** Hands the images to the person who asked, or says how the job ended without any. */
export class DeliverOutcome {
  private readonly handOver: HandOver<Generation, Effect>;

  constructor(private readonly parts: HandOverParts) {
    this.handOver = new HandOver(parts, generationKind);
  }

  async execute(id: GenerationId): Promise<void> {
    const { lease } = this.handOver;
    const from = this.parts.clock.ticks();
    const statuses = ['collected', 'blocked', 'failed', 'cancelled'] as const;
    const state = await lease.acquire(id, statuses);
    if (state === null) return;
    // Told of already: nobody else will ask for it.
    if (!isDeliverable(state)) return lease.free(state, 0);
    const transport = this.handOver.transportOf(state);
    if (transport === undefined) return lease.free(state, elsewhereSeconds);
    try {
      const report = await this.handOver.send(transport, state, await this.notificationOf(state), from);
      await this.handOver.close(state, report, () => this.close(state, report));
    } catch (error) {
      if (error instanceof StaleWrite) return;
      const since = state.status === 'collected' ? state.collectedAt : state.endedAt;
      if (await this.handOver.hasTriedEnough(state, since, error))
        await this.close(state, { kind: 'unreachable', reason: 'tried for a day' });
    }
  }

  private async notificationOf(generation: Deliverable): Promise<Notification> {
    if (generation.status !== 'collected') return { kind: 'ended', generation };
    const { images, avatars } = this.parts.database.stores;
    const [avatar, companion, all] = await Promise.all([
      generation.avatar === null ? null : avatars.find(generation.avatar),
      generation.companion === null ? null : avatars.find(generation.companion),
      images.ofGeneration(generation.id),
    ]);
    return { kind: 'result', generation, images: all, avatar, companion };
  }

  private async close(state: Deliverable, report: DeliveryReport): Promise<void> {
    const { clock, metrics, log } = this.parts;
    const now = clock.now();
    const transition = handedOver(state, report, now);
    await this.handOver.lease.write(state, transition, now);
    log.info('delivered', {
      generation: state.id,
      status: state.status,
      report: report.kind === 'sent' ? report.kind : report,
    });
    if (state.status === 'collected')
      metrics.left('collected', (now.getTime() - state.collectedAt.getTime()) / 1000);
  }
}

function handedOver(state: Deliverable, report: DeliveryReport, now: Date): Transition {
  if (state.status !== 'collected') return announced(state, now);
  return report.kind === 'nowhere' ? undeliverable(state, report.reason, now) : delivered(state, now);
}

function isDeliverable(state: Generation): state is Deliverable {
  switch (state.status) {
    case 'collected':
      return true;
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return state.announcedAt === null;
    default:
      return false;
  }
}
