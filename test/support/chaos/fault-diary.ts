interface Entry {
  readonly name: string;
  readonly from: number;
  /** `null`: it still goes on. */
  to: number | null;
}

/** Which fault went on when, in milliseconds since 1970. */
export class FaultDiary {
  private readonly entries: Entry[] = [];
  private readonly begun = Date.now();

  async during<Result>(name: string, fault: () => Promise<Result>): Promise<Result> {
    const entry: Entry = { name, from: Date.now(), to: null };
    this.entries.push(entry);
    try {
      return await fault();
    } finally {
      entry.to = Date.now();
    }
  }

  /** When the last of them ended; 0 when there was none. */
  lastEnd(): number {
    return Math.max(0, ...this.entries.map(({ to }) => to ?? Date.now()));
  }

  /** Whether it went on at a time or within so many milliseconds of it. */
  wasOn(name: string, at: number, around: number): boolean {
    return this.entries.some(
      (entry) =>
        entry.name === name &&
        at > entry.from - around &&
        at < (entry.to ?? Number.POSITIVE_INFINITY) + around,
    );
  }

  /** Whether it began or ended within so many milliseconds of a time. */
  turned(name: string, at: number, around: number): boolean {
    return this.entries.some(
      (entry) =>
        entry.name === name &&
        [entry.from, entry.to].some((turn) => turn !== null && Math.abs(turn - at) < around),
    );
  }

  /** What went on at any time between these two, and from when to when. */
  wentOn(from: number, to: number): string[] {
    return this.entries
      .filter((entry) => entry.from <= to && (entry.to ?? Number.POSITIVE_INFINITY) >= from)
      .map((entry) => `${entry.name} (${this.secondsAt(entry.from)}–${this.secondsAt(entry.to)} s)`);
  }

  /** Since the diary was begun; `…` for what has not come. */
  secondsAt(at: Date | number | null): string {
    return at === null ? '…' : ((Number(at) - this.begun) / 1000).toFixed(1);
  }

  /** Milliseconds that somebody waited while nothing of this went on: from the request, or the end of a fault after it. */
  silence(asked: number, answered: number): number {
    let from = asked;
    for (const { from: begin, to } of this.entries) {
      if (begin > answered) continue;
      if (to === null || to >= answered) return 0;
      if (to > from) from = to;
    }
    return Math.max(0, answered - from);
  }
}
