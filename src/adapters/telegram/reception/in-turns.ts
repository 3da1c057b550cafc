/**
 * Does together what was asked for while the last of it was under way: alone things go at once, and the more come the
 * fewer rounds they need.
 */
export class InTurns<Item, Result> {
  private waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  private isBusy = false;

  /** `round` answers for all items alike. */
  constructor(private readonly round: (items: readonly Item[]) => Promise<Result>) {}

  add(item: Item): Promise<Result> {
    const result = new Promise<Result>((resolve, reject) => this.waiting.push({ item, resolve, reject }));
    if (!this.isBusy) void this.go();
    return result;
  }

  private async go(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      const now = this.waiting.splice(0);
      try {
        const result = await this.round(now.map(({ item }) => item));
        for (const { resolve } of now) resolve(result);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    this.isBusy = false;
  }
}
