import type { AspectRatio } from '../../../domain/generation/aspect-ratio.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import type { AvatarId, UserId } from '../../../domain/ids.js';

export const promptHelps = ['off', 'translate', 'enrich'] as const;
/** What is done to a prompt before it is shown for approval; `enrich` translates too. */
export type PromptHelp = (typeof promptHelps)[number];

/** What the guided screen is set to. `null`: the avatar that is main, the preset's own ratio. */
export interface Choices {
  readonly avatar: AvatarId | null;
  /** A second avatar in the same picture, of this one picture only. */
  readonly companion?: AvatarId | null | undefined;
  readonly preset: PresetName;
  readonly aspectRatio: AspectRatio | null;
  /** 1-4. */
  readonly count: number;
}

/** `null` stands for "never chosen": the language of the client, the usual preset, its own ratio, one image. */
export interface Preferences {
  readonly language: string | null;
  readonly preset: PresetName | null;
  readonly aspectRatio: AspectRatio | null;
  readonly count: number | null;
  readonly promptHelp: PromptHelp;
  /** Whether finished images ring the phone. */
  readonly notifications: boolean;
  /** Whether an order by text asks before it is charged; `null`: the first ones do, as the operator says. */
  readonly confirmOrders: boolean | null;
  /** Whether they want news of the operator's. */
  readonly broadcasts: boolean;
}

export const noPreferences: Preferences = {
  language: null,
  preset: null,
  aspectRatio: null,
  count: null,
  promptHelp: 'off',
  notifications: true,
  confirmOrders: null,
  broadcasts: true,
};

export interface PreferenceStore {
  /** `noPreferences` for someone who never chose anything. */
  of(user: UserId): Promise<Preferences>;
  /** Changes what is given and nothing else. */
  change(user: UserId, changes: Partial<Preferences>): Promise<void>;
}
