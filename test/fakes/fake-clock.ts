import type { Clock } from '../../src/application/ports/clock.js';

/** Stands still until it is told otherwise. */
export class FakeClock implements Clock {
  private time: number;
  private passed = 0;

  constructor(start: Date | string = '2026-01-01T12:00:00Z') {
    this.time = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  ticks(): number {
    return this.passed;
  }

  /** Returns the new time. */
  advance(seconds: number): Date {
    this.passed += seconds;
    return this.jump(seconds);
  }

  /** Somebody sets the machine's clock: no time passes. Returns the new time. */
  jump(seconds: number): Date {
    this.time += seconds * 1000;
    return this.now();
  }

  set(time: Date | string): void {
    this.advance((new Date(time).getTime() - this.time) / 1000);
  }
}
