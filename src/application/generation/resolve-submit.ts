import { type GenerationIn, referenceOf } from '../../domain/generation/generation.js';
import { buyAgain, maybeBought, submitted } from '../../domain/generation/generation-transitions.js';
import type { GenerationId } from '../../domain/ids.js';
import { secondsAfter } from '../../domain/time.js';
import { leaseFor } from '../jobs/lease.js';
import { doubtSeconds, leaseSeconds, type Policy, pollSeconds } from '../policy/policy.js';
import type { TickingClock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Database } from '../ports/stores/stores.js';
import { applyEffects } from './apply-effects.js';
import { LateResults } from './late-results.js';

/**
 * Decides about a submit whose end is unknown: its answer was lost, or the process died in the middle. An event of
 * it by webhook settles the matter; without one it is bought again, at most once.
 */
export class ResolveSubmit {
  private readonly lateResults: LateResults;

  constructor(
    private readonly database: Database,
    private readonly clock: TickingClock,
    private readonly policy: Policy,
    private readonly worker: string,
    private readonly metrics: Metrics,
    private readonly log: Logger,
  ) {
    this.lateResults = new LateResults(metrics, log);
  }

  async execute(id: GenerationId): Promise<void> {
    const now = this.clock.now();
    const lease = leaseFor(this.clock, this.worker, leaseSeconds);
    const acquired = await this.database.stores.generations.acquire(id, 'submitting', lease, now);
    if (acquired?.status !== 'submitting') return;
    try {
      await this.decide(acquired, now);
    } catch (error) {
      // The answer came after all, or the job was called off.
      if (!(error instanceof StaleWrite)) throw error;
    }
  }

  private async decide(acquired: GenerationIn<'submitting'>, now: Date): Promise<void> {
    const event = await this.database.stores.webhookInbox.byReference(referenceOf(acquired));
    if (event !== null) return this.adopt(acquired, event.ticket);
    if (acquired.doubts > 0 && (await this.takesLateResult(acquired, now))) return;
    const state = acquired.ambiguousAt === null ? this.foundInDoubt(acquired, now) : acquired;
    const waited = acquired === state ? await this.database.stores.generations.waited(state.id) : 0;
    const left = doubtSeconds(this.policy, state.preset) - waited;
    if (left > 0) return this.wait(state, secondsAfter(now, Math.min(left, pollSeconds)));
    await this.repeat(state);
  }

  private takesLateResult(state: GenerationIn<'submitting'>, now: Date): Promise<boolean> {
    const expected = { lease: this.worker };
    return this.database.transaction((stores) => this.lateResults.adopt(stores, state, expected, now));
  }

  private foundInDoubt(state: GenerationIn<'submitting'>, now: Date): GenerationIn<'submitting'> {
    this.metrics.ambiguousSubmit();
    const { next } = maybeBought(state, now);
    return next.status === 'submitting' ? next : state;
  }

  private async adopt(state: GenerationIn<'submitting'>, ticket: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (stores) => {
      await stores.generations.save(submitted(state, ticket, now).next, this.precondition(), {
        checkAfter: secondsAfter(now, 10),
      });
      await stores.jobs.add({ task: 'collect', generation: state.id });
    });
    this.log.info('a webhook told of a submit whose answer was lost', { generation: state.id, ticket });
  }

  private async wait(state: GenerationIn<'submitting'>, again: Date): Promise<void> {
    await this.database.transaction(async (stores) => {
      await stores.generations.save(state, this.precondition(), { checkAfter: again });
      await stores.jobs.add({ task: 'resolve-submit', generation: state.id }, again);
    });
  }

  private async repeat(state: GenerationIn<'submitting'>): Promise<void> {
    const now = this.clock.now();
    const transition = buyAgain(state, now);
    await this.database.transaction(async (stores) => {
      await stores.generations.save(transition.next, this.precondition(), {
        checkAfter: secondsAfter(now, 10),
      });
      await applyEffects(stores, state, transition, now);
    });
    if (transition.next.status === 'accepted') this.metrics.boughtAgain();
    else this.metrics.failed('lost');
    this.log.warn('no news of a doubtful submit', { generation: state.id, now: transition.next.status });
  }

  private precondition() {
    return { status: 'submitting', lease: this.worker } as const;
  }
}
