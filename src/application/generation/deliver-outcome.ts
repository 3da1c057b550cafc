import type { Effect, Generation, GenerationIn, Transition } from '../../domain/generation/generation.js';
import { announced, delivered, undeliverable } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { elsewhereSeconds, HandOver, type HandOverParts } from '../jobs/hand-over.js';
import type { ImageRow } from '../ports/stores/image-store.js';
import type { HeldToDeliver } from '../ports/stores/jobs/job-queue.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Stores } from '../ports/stores/stores.js';
import type { DeliveryReport, Notification } from '../ports/transport.js';
import { generationKind } from './generation-kind.js';

type Deliverable = GenerationIn<'collected' | 'blocked' | 'failed' | 'cancelled'>;
const statuses = ['collected', 'blocked', 'failed', 'cancelled'] as const;

/** Hands the images to the person who asked, or says how the job ended without any. */
export class DeliverOutcome {
  private readonly handOver: HandOver<Generation, Effect>;

  constructor(private readonly parts: HandOverParts) {
    this.handOver = new HandOver(parts, generationKind);
  }

  async execute(id: GenerationId, held?: HeldToDeliver): Promise<void> {
    const { lease } = this.handOver;
    const from = held?.since ?? this.parts.clock.ticks();
    const state = held?.result.generation ?? (await lease.acquire(id, statuses));
    if (state === null) return;
    // Told of already: nobody else will ask for it.
    if (!isDeliverable(state)) return lease.free(state, 0);
    const transport = this.handOver.transportOf(state);
    if (transport === undefined) return lease.free(state, elsewhereSeconds);
    try {
      const notification = held?.result ?? (await this.notificationOf(state));
      const report = await this.handOver.send(transport, state, notification, from);
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
    const { stores } = this.parts.database;
    return resultOf(stores, generation, await stores.images.ofGeneration(generation.id));
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

/** What there is to hand over. */
export async function resultOf(
  { avatars }: Pick<Stores, 'avatars'>,
  generation: GenerationIn<'collected'>,
  images: readonly ImageRow[],
): Promise<HeldToDeliver['result']> {
  const avatar = generation.avatar === null ? null : await avatars.find(generation.avatar);
  const companion = generation.companion === null ? null : await avatars.find(generation.companion);
  return { kind: 'result', generation, images, avatar, companion };
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
