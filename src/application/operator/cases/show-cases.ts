import { IsInt, Max, Min } from 'class-validator';
import type { Case } from '../../../domain/operator/case.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';

export class CasesAsked {
  /** How many have waited longer than the one that is to be shown. */
  @IsInt() @Min(0) @Max(1_000_000) skip!: number;
}

/** One of what waits, and its place among them. */
export interface WaitingCase {
  readonly shown: Case | null;
  /** From 0. */
  readonly place: number;
  readonly waiting: number;
}

/** What waits for an operator's word, the oldest first. Nothing that somebody wrote or sent is part of it. */
export class ShowCases {
  constructor(private readonly parts: Needs<'cases'>) {}

  async execute(given: Sent<CasesAsked>): Promise<WaitingCase> {
    const { skip } = checkedInput(CasesAsked, given);
    const { cases } = this.parts.database.stores;
    const waiting = await cases.countWaiting();
    // Others may have been decided since.
    const place = Math.min(skip, Math.max(0, waiting - 1));
    const found = waiting === 0 ? null : await cases.waiting(place);
    return { shown: found === null ? null : { ...found, words: null }, place, waiting };
  }
}
