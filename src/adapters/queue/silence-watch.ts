/** How long each process has been silent, as seen from here: no clock that jumps makes anybody look dead. */
export class SilenceWatch {
  private readonly seen = new Map<string, { readonly sign: string; readonly since: number }>();

  constructor(private readonly milliseconds: () => number) {}

  /** Seconds for which each has shown the same sign of life; those that are not named are forgotten. */
  look(signs: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
    const now = this.milliseconds();
    for (const id of this.seen.keys()) if (!signs.has(id)) this.seen.delete(id);
    const silences = new Map<string, number>();
    for (const [id, sign] of signs) {
      const before = this.seen.get(id);
      const since = before?.sign === sign ? before.since : now;
      this.seen.set(id, { sign, since });
      silences.set(id, (now - since) / 1000);
    }
    return silences;
  }
}
