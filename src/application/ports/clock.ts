/** The time, from outside, so that tests own it. */
export interface Clock {
  now(): Date;
  /** Seconds since some moment of this process's: no change of the machine's clock moves them. */
  ticks(): number;
}
