/** The time, from outside, so that tests own it. */
export interface Clock {
  now(): Date;
}

/** One that also counts what really passes. */
export interface TickingClock extends Clock {
  /** Seconds since some moment of this process's: no change of the machine's clock moves them. */
  ticks(): number;
}
