import type { Avatar } from '../../domain/avatar/avatar.js';
import type { AvatarDraft } from '../../domain/avatar/avatar-draft.js';
import type { Generation, GenerationIn } from '../../domain/generation/generation.js';
import type { ProofSheet, TrainingIn } from '../../domain/training/training.js';
import type { TrainingPending } from '../../domain/training/training-outcome.js';
import type { NotTakenNow, Pending } from './image-generator.js';
import type { ImageRow } from './stores/image-store.js';

/** Something a transport has to tell the person who asked. */
export type Notification =
  | { readonly kind: 'progress'; readonly generation: Generation; readonly pending: Pending | NotTakenNow }
  | {
      readonly kind: 'result';
      readonly generation: GenerationIn<'collected'>;
      readonly images: readonly ImageRow[];
      readonly avatar: Avatar | null;
      /** The second one in the picture. */
      readonly companion: Avatar | null;
      /** Nobody can have been sent these images before. */
      readonly isNew?: boolean;
    }
  | { readonly kind: 'ended'; readonly generation: GenerationIn<'blocked' | 'failed' | 'cancelled'> }
  | {
      /** It is not bought yet: there is no room for what it brings, or fal does not take it just now. */
      readonly kind: 'training-waits';
      readonly training: TrainingIn<'accepted'>;
      readonly avatar: Avatar | null;
      readonly why: 'no_room' | 'not_taken';
    }
  | {
      readonly kind: 'training-progress';
      readonly training: TrainingIn<'training'>;
      readonly avatar: Avatar | null;
      readonly pending: TrainingPending;
      /** From real trainings at this speed, or the table's number until there are any. */
      readonly expectedSeconds: number;
    }
  | {
      readonly kind: 'avatar-ready';
      readonly training: TrainingIn<'ready'>;
      /** `null` when it was deleted meanwhile. */
      readonly avatar: Avatar | null;
    }
  | {
      readonly kind: 'proof-sheet';
      readonly training: TrainingIn<'ready'>;
      readonly avatar: Avatar | null;
      readonly sheet: ProofSheet;
    }
  | {
      /** Nobody has worked on it for long: it will be deleted then, with so many photos. */
      readonly kind: 'draft-expiring';
      readonly draft: AvatarDraft;
      readonly avatar: Avatar;
      readonly photos: number;
      readonly expiresAt: Date;
    }
  | {
      readonly kind: 'training-ended';
      readonly training: TrainingIn<'failed' | 'cancelled'>;
      readonly avatar: Avatar | null;
    };

/**
 * `sent`: it is there. `unreachable`: the person cannot be told (blocked the bot); the result stays in the
 * gallery and the job is over. `nowhere`: the chat that asked takes no pictures, and the person cannot be written to:
 * nobody pays for what nobody can get.
 */
export type DeliveryReport =
  | {
      readonly kind: 'sent';
      /** Must be told as soon as the hand-over is written down, or cannot be: the next one waits for it. */
      readonly written?: (isStored: boolean) => void;
      /** What can wait until the hand-over is written down; to be called then. Whatever becomes of it, nothing is sent again. */
      readonly tidyUp?: () => Promise<void>;
    }
  | { readonly kind: 'unreachable' | 'nowhere'; readonly reason: string };

/** Could not hand over now: try again, not before `retryAfter` seconds if the other side said so. */
export class DeliveryDelayed extends Error {
  override readonly name = 'DeliveryDelayed';

  constructor(
    message: string,
    readonly retryAfter: number | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The way back of a way in: who asked is told through the transport that their origin names. */
export interface Transport {
  /** The name in `Generation.origin.transport`. */
  readonly name: string;
  /**
   * Hands a notification over, also in a process that does not run the way in. `stillOurs` is asked right before each
   * message and throws when another process has taken the delivery over; then nothing more is sent.
   * @throws DeliveryDelayed, and what `stillOurs` throws
   */
  deliver(notification: Notification, stillOurs?: () => Promise<void>): Promise<DeliveryReport>;
}
