import type { Generation, GenerationIn, Transition } from '../../domain/generation/generation.js';
import { announced, delivered, undeliverable } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
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
import { applyEffects } from './apply-effects.js';

/** Another process has the way in that this one lacks: leave it alone for so many seconds. */
const elsewhereSeconds = 20;
/** A delivery that keeps failing is given up after a day; the images stay in the gallery. */
const givenUpAfterSeconds = 86_400;

type Deliverable = GenerationIn<'collected' | 'blocked' | 'failed' | 'cancelled'>;

/** Hands the images, or the news of an end without any, to the person who asked. */
export class DeliverOutcome {
  constructor(
    private readonly database: Database,
    private readonly transports: readonly Transport[],
    private readonly clock: TickingClock,
    private readonly worker: string,
    private readonly metrics: Metrics,
    private readonly log: Logger,
    private readonly sleep: Sleep,
  ) {}

  async execute(id: GenerationId): Promise<void> {
    const { generations } = this.database.stores;
    const now = this.clock.now();
    const lease = leaseFor(this.clock, this.worker, handOverSeconds);
    const from = this.clock.ticks();
    const state = await generations.acquire(id, ['collected', 'blocked', 'failed', 'cancelled'], lease, now);
    if (state === null) return;
    // Told of already: nobody else will ask for it.
    if (!isDeliverable(state)) return generations.free(id, this.worker, now);
    const transport = this.transports.find(({ name }) => name === state.origin.transport);
    if (transport === undefined)
      return generations.free(id, this.worker, secondsAfter(now, elsewhereSeconds));
    try {
      const holding = new Holding(this.clock, () => this.renew(state), from);
      const report = await transport.deliver(await this.notificationOf(state), () => holding.confirm());
      await this.closeWithRetry(state, report);
      await this.tidyUp(state, report);
    } catch (error) {
      if (error instanceof StaleWrite) return;
      await this.tryAgain(state, error);
    }
  }

  private async renew(state: Deliverable): Promise<void> {
    const lease = leaseFor(this.clock, this.worker, handOverSeconds);
    const precondition = { status: state.status, lease: this.worker };
    await this.database.stores.generations.save(state, precondition, { checkAfter: lease.until, lease });
  }

  private async notificationOf(generation: Deliverable): Promise<Notification> {
    if (generation.status !== 'collected') return { kind: 'ended', generation };
    const { images, avatars } = this.database.stores;
    const [avatar, companion, all] = await Promise.all([
      generation.avatar === null ? null : avatars.find(generation.avatar),
      generation.companion === null ? null : avatars.find(generation.companion),
      images.ofGeneration(generation.id),
    ]);
    return { kind: 'result', generation, images: all, avatar, companion };
  }

  private async closeWithRetry(state: Deliverable, report: DeliveryReport): Promise<void> {
    try {
      await retryWrite(
        () => this.close(state, report),
        this.sleep,
        (error) => this.log.warn('handed over, and not yet written down', { generation: state.id, error }),
      );
    } finally {
      if (report.kind === 'sent') report.written?.();
    }
  }

  /** Only now: a process that dies between sending and writing it down sends twice, so nothing comes between. */
  private async tidyUp(state: Deliverable, report: DeliveryReport): Promise<void> {
    try {
      if (report.kind === 'sent') await report.tidyUp?.();
    } catch (error) {
      this.log.warn('handed over, and not tidied up after', { generation: state.id, error });
    }
  }

  private async close(state: Deliverable, report: DeliveryReport): Promise<void> {
    const now = this.clock.now();
    const transition = handedOver(state, report, now);
    await this.database.transaction(async (stores) => {
      await stores.generations.save(
        transition.next,
        { status: state.status, lease: this.worker },
        { checkAfter: now },
      );
      await applyEffects(stores, state, transition, now);
    });
    this.log.info('delivered', {
      generation: state.id,
      status: state.status,
      report: report.kind === 'sent' ? report.kind : report,
    });
    if (state.status === 'collected')
      this.metrics.left('collected', (now.getTime() - state.collectedAt.getTime()) / 1000);
  }

  private async tryAgain(state: Deliverable, error: unknown): Promise<void> {
    const now = this.clock.now();
    const since = state.status === 'collected' ? state.collectedAt : state.endedAt;
    const age = (now.getTime() - since.getTime()) / 1000;
    this.metrics.deliveryRetried(state.origin.transport);
    // Not for want of a transport that would take it: that is no trouble of the other side's, and tries are counted.
    if (!(error instanceof DeliveryDelayed)) throw error;
    this.log.warn('could not deliver', { generation: state.id, error });
    if ((await this.database.stores.generations.waited(state.id)) > givenUpAfterSeconds)
      return this.close(state, { kind: 'unreachable', reason: 'tried for a day' });
    const asked = error.retryAfter;
    // Doubles with the age of the news: 1 s at first, then as long again as it has waited, at most 5 minutes.
    const again = secondsAfter(now, asked ?? Math.min(300, Math.max(1, age)));
    await this.database.transaction(async (stores) => {
      await stores.generations.free(state.id, this.worker, again);
      await stores.jobs.add({ task: 'deliver', generation: state.id }, again);
    });
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
