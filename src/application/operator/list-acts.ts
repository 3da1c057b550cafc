import { IsInt, Max, Min } from 'class-validator';
import type { KeptAct } from '../../domain/operator/act.js';
import { checkedInput, MayBeAbsent, type Sent } from '../input/input-validation.js';
import type { Needs } from '../ports/needs.js';

const limit = { context: { allowed: 'a whole number 1-1000' } };

export class ActsAsked {
  @IsInt(limit) @Min(1, limit) @Max(1000, limit) limit!: number;
  /** Only those that are older than the act of this number. */
  @MayBeAbsent() @IsInt() @Min(0) before?: number;
}

export interface ActsPage {
  readonly acts: readonly KeptAct[];
  /** Where the next page begins; `null`: this is the last one. */
  readonly next: number | null;
}

/** What operators did, newest first. */
export class ListActs {
  constructor(private readonly parts: Needs<'operatorActs'>) {}

  async execute(given: Sent<ActsAsked>): Promise<ActsPage> {
    const { limit, before } = checkedInput(ActsAsked, given);
    // One more tells whether there are more.
    const acts = await this.parts.database.stores.operatorActs.list(limit + 1, before);
    const hasMore = acts.splice(limit).length > 0;
    return { acts, next: hasMore ? (acts.at(-1)?.id ?? null) : null };
  }
}
