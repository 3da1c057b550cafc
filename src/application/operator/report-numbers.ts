import { IsInt, Max, Min } from 'class-validator';
import { beginningOf, type Numbers, numbersOf } from '../../domain/operator/numbers.js';
import { checkedInput, type Sent } from '../input/input-validation.js';
import type { Needs } from '../ports/needs.js';

const days = { context: { allowed: '1-366' } };

export class NumbersRequest {
  /** Today included. */
  @IsInt(days) @Min(1, days) @Max(366, days) days!: number;
}

const spendersShown = 10;

/** What came of the last days: people, work, money. Whoever calls it has made sure that an operator asks. */
export class ReportNumbers {
  constructor(private readonly parts: Needs<'numbers', 'clock'>) {}

  async execute(request: Sent<NumbersRequest>): Promise<Numbers> {
    const { days } = checkedInput(NumbersRequest, request);
    const { numbers } = this.parts.database.stores;
    const from = beginningOf(days, this.parts.clock.now());
    const [people, pictures, trainings, waits, money, spenders] = await Promise.all([
      numbers.people(from),
      numbers.pictures(from),
      numbers.trainings(from),
      numbers.waits(from),
      numbers.money(from),
      numbers.spenders(from, spendersShown),
    ]);
    return numbersOf(days, from, { people, pictures, trainings, waits, money, spenders });
  }
}
