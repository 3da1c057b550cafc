import type { StartingPicture } from '../../../domain/generation/image-order.js';
import type { Overrides } from '../../../domain/generation/overrides.js';
import type { UserId } from '../../../domain/ids.js';
import type { Origin } from '../../../domain/origin.js';
import type { Choices } from './preference-store.js';

/** A picture that somebody is still choosing: what the guided screen shows, and what its buttons name. */
export interface GenerationForm {
  /** A UUID. */
  readonly id: string;
  readonly owner: UserId;
  /** `null` until it was said. */
  readonly prompt: string | null;
  /** What prompt help made of it, waiting for a yes. */
  readonly suggestion: string | null;
  readonly choices: Choices;
  /** What was asked for beside the choices: a seed, steps. */
  readonly overrides: Overrides;
  /** Theirs, to start from: the form of a picture like another one. `null`: it is made from words alone. */
  readonly picture: StartingPicture | null;
  /** The shared recipe that it was opened from; it may be reported. */
  readonly recipe: string | null;
  readonly origin: Origin;
  readonly createdAt: Date;
}

export interface FormStore {
  /** Writes a new one, or all fields of an existing one. */
  save(form: GenerationForm): Promise<void>;
  /** Never finds someone else's. */
  findOwned(owner: UserId, id: string): Promise<GenerationForm | null>;
  /** The latest of this owner in which something was said. */
  lastSaid(owner: UserId): Promise<GenerationForm | null>;
}
