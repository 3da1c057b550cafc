import { secondsAfter } from '../../domain/time.js';
import type { Clock } from '../ports/clock.js';
import type { Lease } from '../ports/stores/jobs/leases.js';

/** A row in this worker's hands from now on, for so many seconds. */
export const leaseFor = (clock: Clock, owner: string, seconds: number): Lease => ({
  owner,
  until: secondsAfter(clock.now(), seconds),
  from: { at: clock.now(), ticks: clock.ticks() },
});
