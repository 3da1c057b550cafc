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
}

/** Where only that matters. */
export type Asker = Pick<RequestContext, 'owner'>;
