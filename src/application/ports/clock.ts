/** The time, from outside, so that tests own it. */
export interface Clock {
  now(): Date;
}
