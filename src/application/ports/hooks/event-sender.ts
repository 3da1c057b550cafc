import type { HookTrouble } from '../../../domain/hooks/event-hook.js';
import type { DueHookMessage } from '../stores/event-hook-store.js';

/** `gone`: the address says that it wants nothing any more. */
export type HookAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'failed';
      readonly trouble: HookTrouble;
      /** Seconds for which the address asks to be left alone, above 0 and at most `longestQuiet`. */
      readonly quietFor?: number;
    };

export interface EventSender {
  /** Sends one, signed. Only `stopped` makes it throw. */
  send(message: DueHookMessage, stopped: AbortSignal): Promise<HookAnswer>;
}
