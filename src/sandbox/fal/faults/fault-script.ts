import { seededRandom } from '../seeded-random.js';
import type { FaultAt, FaultRule, FaultStep, FaultSubject } from './fault-rule.js';

/** A rule at work, and how often it has struck. */
export interface ActiveRule {
  readonly rule: FaultRule;
  readonly hits: number;
  remove(): void;
}

/**
 * What shall go wrong, for tests. Of several rules that fit an occasion the oldest strikes. Randomness is
 * seeded: the same occasions in the same order meet the same faults.
 */
export class FaultScript {
  #active: { rule: FaultRule; seen: number; hits: number }[] = [];
  readonly #retired = new Map<string, 'submit' | 'result'>();
  readonly #random: () => number;

  constructor(seed = 1, rules: readonly FaultRule[] = []) {
    this.#random = seededRandom(seed);
    for (const rule of rules) this.add(rule);
  }

  add(rule: FaultRule): ActiveRule {
    const active = { rule, seen: 0, hits: 0 };
    this.#active.push(active);
    return {
      rule,
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#active = this.#active.filter((one) => one !== active);
      },
    };
  }

  /** From now on the endpoint is gone: 404 at submit, or accepted and 404 when the result is fetched. */
  retire(endpoint: string, noticedAt: 'submit' | 'result'): void {
    this.#retired.set(endpoint, noticedAt);
  }

  restore(endpoint: string): void {
    this.#retired.delete(endpoint);
  }

  retirement(endpoint: string): 'submit' | 'result' | undefined {
    return this.#retired.get(endpoint);
  }

  /** Ends all rules and brings retired endpoints back. */
  clear(): void {
    this.#active = [];
    this.#retired.clear();
  }

  /** The fault that strikes on this occasion, if any; it counts as a hit. */
  strike<Step extends FaultStep>(step: Step, subject: FaultSubject): FaultAt<Step> | undefined {
    for (const active of this.#active) {
      if (active.rule.step !== step || !fits(active.rule, subject)) continue;
      const { rule } = active;
      if (active.hits >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
      active.seen += 1;
      if (active.seen <= (rule.skip ?? 0)) continue;
      if (rule.probability !== undefined && this.#random() >= rule.probability) continue;
      active.hits += 1;
      return rule.fault as FaultAt<Step>;
    }
    return undefined;
  }
}

function fits(rule: FaultRule, { endpoint, requestId, work, prompt = '' }: FaultSubject): boolean {
  return (
    (rule.endpoint === undefined || rule.endpoint === endpoint) &&
    (rule.requestId === undefined || rule.requestId === requestId) &&
    (rule.work === undefined || rule.work === work) &&
    (rule.prompt === undefined || prompt.includes(rule.prompt))
  );
}
