import { IsString, Length } from 'class-validator';
import { type Case, type ReportCategory, reportCategories } from '../../../domain/operator/case.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Asker } from '../../input/request-context.js';
import type { Needs } from '../../ports/needs.js';
import type { Block } from '../../ports/stores/operator/block-store.js';

export const appealLength = 1000;

export class Appeal {
  @IsString()
  @Length(1, appealLength, { context: { allowed: `1-${appealLength} characters` } })
  words!: string;
}

/** `before`: they have appealed against this block, and once is all there is. `free`: they are not blocked. */
export type Appealed = 'heard' | 'before' | 'free';

/** Somebody who was blocked asks to be let in again: once for each block, also when they have their data deleted. */
export class AppealBlock {
  constructor(private readonly parts: Needs<'blocks' | 'cases', 'clock' | 'ids' | 'log'>) {}

  async execute(given: Sent<Appeal>, { owner: person }: Asker): Promise<Appealed> {
    const { words } = checkedInput(Appeal, given);
    const { database, clock, ids, log } = this.parts;
    return database.transaction(async ({ blocks, cases }) => {
      const now = clock.now();
      const block = await blocks.appeal(person, now);
      if (block === null) return (await blocks.find(person)) === null ? 'free' : 'before';
      await cases.open({
        ...{ id: ids.uuid(), kind: 'appeal', person, openedAt: now, words },
        ...{ subject: block.at.toISOString(), category: categoryOf(block, await cases.concerning(person)) },
      });
      log.info('somebody who was blocked appeals', { user: person });
      return 'heard';
    });
  }
}

/** Who was blocked for what was reported was blocked for its category, whatever else the operator said. */
const categoryOf = ({ at, why }: Block, cases: readonly Case[]): ReportCategory | null =>
  cases.find(({ decision, decidedAt }) => decision === 'block' && decidedAt?.getTime() === at.getTime())
    ?.category ??
  reportCategories.find((category) => category === why) ??
  null;
