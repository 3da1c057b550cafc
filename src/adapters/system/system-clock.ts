import type { TickingClock } from '../../application/ports/clock.js';

export const systemClock: TickingClock = { now: () => new Date(), ticks: () => performance.now() / 1000 };
