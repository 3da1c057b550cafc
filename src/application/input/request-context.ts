import { DomainError } from '../../domain/errors.js';
import type { UserId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';

/**
 * Who asks, and how they came. The way in says it; it is never taken from what somebody sent. So it is an argument of
 * its own, which no body can be spread into.
 */
export interface RequestContext {
  readonly owner: UserId;
  readonly origin: Origin;
  /** Names the tap or message: asking twice under one key makes one job. */
  readonly requestKey?: string | undefined;
  /** What it was said to cost, in credits: for more it is refused. Prices change while old buttons stay. */
  readonly agreed?: number | undefined;
}

/** @throws DomainError `price_changed` */
export function refuseDearer(credits: number, { agreed }: Pick<RequestContext, 'agreed'>): void {
  if (agreed !== undefined && credits > agreed)
    throw new DomainError({ code: 'price_changed', credits, agreed });
}

/** Where only that matters. */
export type Asker = Pick<RequestContext, 'owner'>;
