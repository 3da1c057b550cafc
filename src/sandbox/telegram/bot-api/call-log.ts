/** One call of the bot, as it came and as it was answered. Uploaded files appear as `{ file, bytes }`. */
export interface BotApiCall {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** When it arrived. */
  readonly at: Date;
  readonly answer:
    | { readonly ok: true; readonly result: unknown }
    | { readonly ok: false; readonly code: number; readonly description: string }
    | { readonly ok: false; readonly dropped: 'before' | 'after' };
}

/** The newest calls, oldest first, for tests to look at. Long polling is left out unless asked for. */
export class CallLog {
  private readonly kept: BotApiCall[] = [];

  constructor(private readonly limit = 10_000) {}

  add(call: BotApiCall): void {
    this.kept.push(call);
    if (this.kept.length > this.limit) this.kept.shift();
  }

  /** All calls, or those of one method. */
  of(method?: string): readonly BotApiCall[] {
    return this.kept.filter((call) =>
      method === undefined ? call.method !== 'getUpdates' : call.method === method,
    );
  }

  clear(): void {
    this.kept.length = 0;
  }
}
