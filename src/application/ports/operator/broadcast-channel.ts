import type { BroadcastTexts } from '../../../domain/operator/broadcast.js';
import type { Addressee, BroadcastProgress } from '../stores/operator/broadcast-store.js';

export type BroadcastReport =
  | { readonly kind: 'sent' }
  /** Nothing of ours reaches this person: they have blocked the bot, left, or never wrote to it. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** This message does not, whatever reaches them otherwise. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody is to be sent anything for so long. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Nobody knows whether it arrived. */
  | { readonly kind: 'unclear'; readonly reason: string }
  /** The message itself is no longer there. */
  | { readonly kind: 'gone' }
  /** It was not to leave any more. */
  | { readonly kind: 'held' };

/** How broadcasts reach people. */
export interface BroadcastChannel {
  /** Resolves when one more may leave: all broadcasts of all processes share one pace, below that of everything else. */
  turn(): Promise<void>;
  /** @param mayLeave is asked right before it leaves */
  send(texts: BroadcastTexts, to: Addressee, mayLeave: () => Promise<boolean>): Promise<BroadcastReport>;
  /** Shows its operator how far it is; best effort. */
  show(progress: BroadcastProgress): Promise<void>;
}
