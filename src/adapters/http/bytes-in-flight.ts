/** How much of bodies the server holds at once, however many send them. */
export class BytesInFlight {
  private held = 0;

  constructor(private readonly maximum: number) {}

  /** False: there is no room for so many more. */
  take(bytes: number): boolean {
    if (this.held + bytes > this.maximum) return false;
    this.held += bytes;
    return true;
  }

  give(bytes: number): void {
    this.held -= bytes;
  }
}
