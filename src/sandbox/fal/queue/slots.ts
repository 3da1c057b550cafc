interface Reservation {
  readonly startAt: number;
  readonly endAt: number;
}

/**
 * How many jobs run at once. A job's place is reserved at submit, so its whole timetable is known then and can
 * be written down: after a restart nothing has to be decided again. A cancelled job frees its place for jobs
 * that come later; those already waiting keep their time.
 */
export class Slots {
  readonly #freeAt: number[];
  #reservations: Reservation[] = [];

  /** @param concurrency jobs running at once, at least 1 */
  constructor(concurrency: number) {
    this.#freeAt = new Array<number>(Math.max(1, concurrency)).fill(0);
  }

  reserve(now: number, milliseconds: number): Reservation {
    const slot = this.#earliest();
    const startAt = Math.max(now, this.#freeAt[slot] ?? 0);
    return this.#book(slot, { startAt, endAt: startAt + milliseconds }, now);
  }

  /** Puts back a job that an earlier process had planned. */
  restore(startAt: number, endAt: number, now: number): void {
    if (endAt > now) this.#book(this.#earliest(), { startAt, endAt }, now);
  }

  /** The place of a job that was to end at `endAt` is free from `now` on, unless another was planned behind it. */
  release(endAt: number, now: number): void {
    const slot = this.#freeAt.indexOf(endAt);
    if (slot >= 0 && endAt > now) this.#freeAt[slot] = now;
    const index = this.#reservations.findIndex((one) => one.endAt === endAt);
    if (index >= 0) this.#reservations.splice(index, 1);
  }

  /** Whether a job that came now would start at once. */
  hasRoom(now: number): boolean {
    return Math.min(...this.#freeAt) <= now;
  }

  /** How many wait in front of a job that starts at `startAt`. */
  ahead(startAt: number, now: number): number {
    this.#forgetEnded(now);
    return this.#reservations.filter((one) => one.startAt > now && one.startAt < startAt).length;
  }

  #book(slot: number, reservation: Reservation, now: number): Reservation {
    this.#freeAt[slot] = Math.max(this.#freeAt[slot] ?? 0, reservation.endAt);
    if (reservation.endAt > now) this.#reservations.push(reservation);
    if (this.#reservations.length > 1000) this.#forgetEnded(now);
    return reservation;
  }

  #earliest(): number {
    return this.#freeAt.indexOf(Math.min(...this.#freeAt));
  }

  #forgetEnded(now: number): void {
    this.#reservations = this.#reservations.filter((one) => one.endAt > now);
  }
}
