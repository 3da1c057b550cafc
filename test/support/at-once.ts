/**
 * How many are in a place at the same time. The first waits there until a second has come: on a slow machine it would be
 * gone before.
 */
export class AtOnce {
  most = 0;
  private now = 0;
  private isMet: () => void = () => undefined;
  private readonly met = new Promise<void>((resolve) => {
    this.isMet = resolve;
  });

  /** @param stay what takes a while, in which more may come */
  async during<Result>(stay: () => Promise<Result>): Promise<Result> {
    this.now += 1;
    this.most = Math.max(this.most, this.now);
    if (this.now === 2) this.isMet();
    await this.met;
    try {
      return await stay();
    } finally {
      this.now -= 1;
    }
  }
}
