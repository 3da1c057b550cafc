import type { Transformer } from 'grammy';
import type { ApiError } from 'grammy/types';
import { floodWaitOf } from '../telegram-errors.js';
import type { Timing } from '../timing.js';

/** What was refused comes again one after the other: in one chat and over all, milliseconds. */
const spacing = { chat: 1000, all: 40 };
/** No later than this after the wait is over. */
const spreadAtMost = 60_000;
/** A timer may wake a little early. */
const tolerance = 50;
/** When so many chats are refused within this time and none is served in between, Telegram means the whole bot. */
const everybody = { chats: 3, milliseconds: 5000 };

interface Wait {
  readonly until: number;
  /** Refused here since Telegram refused. */
  readonly refused: number;
}

interface Refusal {
  readonly at: number;
  readonly until: number;
}

/**
 * Obeys `retry_after`: until it is over nothing more goes to that chat, and if Telegram refuses chat after chat, to
 * none. Calls that may not leave are answered here as Telegram would answer them, each with a later time than the one
 * before, so that they do not come back together. Edits are counted apart from messages, as Telegram does.
 */
export class FloodWaits {
  private readonly waits = new Map<string, Wait>();
  /** By kind of call and chat: those refused since the last call that Telegram took. */
  private readonly refusals = new Map<string, Map<string, Refusal>>();

  constructor(private readonly timing: Pick<Timing, 'milliseconds'>) {}

  readonly transformer: Transformer = async (previous, method, payload, signal) => {
    const chat = 'chat_id' in payload ? String(payload.chat_id) : null;
    if (chat === null) return previous(method, payload, signal);
    const kind = kindOf(method);
    const wait = Math.max(
      this.waitFor(nameOf(kind, chat), spacing.chat),
      this.waitFor(kind, spacing.all),
      // Nothing that matters waits for a draft; a draft waits for it.
      kind === draft ? Math.max(this.left(nameOf('send', chat)), this.left('send')) : 0,
    );
    if (wait > 0) return tooManyRequests(wait);
    const answer = await previous(method, payload, signal);
    if (answer.ok) this.refusals.delete(kind);
    else this.note(kind, chat, floodWaitOf(answer));
    return answer;
  };

  /** Milliseconds, 0 when there is nothing to wait for. */
  private waitFor(name: string, apart: number): number {
    const wait = this.waits.get(name);
    const now = this.timing.milliseconds();
    if (wait === undefined || wait.until - now < tolerance) return 0;
    const refused = wait.refused + 1;
    this.waits.set(name, { ...wait, refused });
    return wait.until - now + ((refused * apart) % spreadAtMost);
  }

  private left(name: string): number {
    return (this.waits.get(name)?.until ?? 0) - this.timing.milliseconds();
  }

  private note(kind: string, chat: string, seconds: number | null): void {
    if (seconds === null) return;
    const now = this.timing.milliseconds();
    const until = now + seconds * 1000;
    for (const [name, wait] of this.waits) if (wait.until <= now) this.waits.delete(name);
    this.extend(nameOf(kind, chat), until);
    const before = [...(this.refusals.get(kind) ?? [])].filter(
      ([, { at }]) => now - at <= everybody.milliseconds,
    );
    const refusals = new Map(before).set(chat, { at: now, until });
    this.refusals.set(kind, refusals);
    // The shortest of them: a chat may have a longer wait of its own.
    if (refusals.size >= everybody.chats)
      this.extend(kind, Math.min(...[...refusals.values()].map((refusal) => refusal.until)));
  }

  private extend(name: string, until: number): void {
    const before = this.waits.get(name);
    if (before === undefined || before.until < until)
      this.waits.set(name, { until, refused: before?.refused ?? 0 });
  }
}

const nameOf = (kind: string, chat: string): string => `${kind} ${chat}`;

/** Counted apart, so that what is refused of them holds nothing else back. */
const draft = 'sendMessageDraft';

function kindOf(method: string): string {
  if (method === draft) return draft;
  if (/^(send|copy|forward)/.test(method) && method !== 'sendChatAction') return 'send';
  return method.startsWith('edit') ? 'edit' : method;
}

function tooManyRequests(milliseconds: number): ApiError {
  const seconds = Math.ceil(milliseconds) / 1000;
  return {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  };
}
