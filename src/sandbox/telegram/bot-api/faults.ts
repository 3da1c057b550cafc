/** What goes wrong with a call. */
export type FaultKind =
  | { readonly kind: 'flood' /** seconds */; readonly retryAfter: number }
  | { readonly kind: 'bad_gateway' }
  /** `isDone`: the call was carried out all the same. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description: string;
      readonly isDone?: true;
    }
  /** The connection is cut before anything happened, or after it did: the bot cannot tell which. */
  | { readonly kind: 'drop_before' }
  | { readonly kind: 'drop_after' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The call is carried out when this resolves; asked for each call. */
  | { readonly kind: 'hang'; readonly until: () => Promise<void> };

export interface FaultRule {
  readonly fault: FaultKind;
  /** Bot API method; all but `getUpdates` when not given. */
  readonly method?: string;
  /** How many calls it hits before it is spent; without end when not given. */
  readonly times?: number;
  /** 0-1, the chance for each call; 1 when not given. */
  readonly probability?: number;
  /** Only calls about this chat, or about this person. */
  readonly chatId?: number;
}

/** A script of faults. The first rule that applies hits. Chance is seeded, so a run can be repeated. */
export class FaultScript {
  private rules: { readonly rule: FaultRule; left: number }[] = [];
  private random = seeded(1);

  /** Returns the function that takes the rule away. */
  add(rule: FaultRule): () => void {
    const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
    this.rules.push(entry);
    return () => {
      this.rules = this.rules.filter((other) => other !== entry);
    };
  }

  seed(seed: number): void {
    this.random = seeded(seed);
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault that hits this call, if any. */
  next(method: string, chatId: unknown): FaultKind | undefined {
    for (const entry of this.rules) {
      const { rule } = entry;
      if (rule.method === undefined ? method === 'getUpdates' : rule.method !== method) continue;
      if (rule.chatId !== undefined && String(rule.chatId) !== String(chatId)) continue;
      if (entry.left <= 0 || this.random() >= (rule.probability ?? 1)) continue;
      entry.left -= 1;
      return rule.fault;
    }
    return undefined;
  }
}

/** mulberry32: small, and good enough to throw dice in a test. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
