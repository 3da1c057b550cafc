import { piecesOf } from '../../domain/operator/course.js';
import { beginningOf } from '../../domain/operator/numbers.js';
import { checkedInput } from '../input/input-validation.js';
import type { Needs } from '../ports/needs.js';
import type { NumbersPlot } from '../ports/pictures/numbers-plot.js';
import { NumbersRequest } from './report-numbers.js';

type Parts = Needs<'numbers', 'clock'> & { readonly numbersPlot: NumbersPlot };

/** Draws how the last days went. Whoever calls it has made sure that an operator asks. */
export class PlotNumbers {
  constructor(private readonly parts: Parts) {}

  /** A PNG. */
  async execute(request: NumbersRequest): Promise<Uint8Array> {
    const { days } = checkedInput(NumbersRequest, request);
    const { database, clock, numbersPlot } = this.parts;
    const from = beginningOf(days, clock.now());
    const pieces = piecesOf(days);
    return numbersPlot.draw({ ...pieces, from, ...(await database.stores.numbers.course(from, pieces)) });
  }
}
