import type { EarlierModel } from '../../../domain/avatar/avatar.js';
import type { AvatarModel } from '../../../domain/avatar/avatar-model.js';
import type { StoredWeights } from '../../../domain/training/training.js';
import type { Stored } from './json-column.js';

/**
 * In `avatars.model`, `avatars.earlier` and `trainings.weights` the media key of weights is called `keptAs`, as it was
 * when the first rows were written.
 */
type InRow<Held extends { readonly mediaKey?: string | undefined }> = Omit<Held, 'mediaKey'> & {
  readonly keptAs?: string | undefined;
};

export type WeightsInRow = InRow<StoredWeights> & { readonly keptAs: string };
export type ModelInRow =
  | InRow<Extract<AvatarModel, { kind: 'lora' }>>
  | Extract<AvatarModel, { kind: 'finetune' }>;
export type EarlierInRow = Stored<Omit<EarlierModel, 'model'>> & { readonly model: ModelInRow };

export const toWeights = ({ keptAs, ...weights }: WeightsInRow): StoredWeights => ({
  ...weights,
  mediaKey: keptAs,
});

export const weightsInRow = ({ mediaKey, ...weights }: StoredWeights): WeightsInRow => ({
  ...weights,
  keptAs: mediaKey,
});

/** @throws Error for a kind that only a later release knows: whatever was done with it would be wrong. */
export function toModel(stored: ModelInRow): AvatarModel {
  switch (stored.kind) {
    case 'lora': {
      const { keptAs, ...lora } = stored;
      return keptAs === undefined ? lora : { ...lora, mediaKey: keptAs };
    }
    case 'finetune':
      return stored;
    default: {
      const { kind }: { readonly kind: string } = stored satisfies never;
      throw new Error(`an avatar holds a model of an unknown kind: ${kind}`);
    }
  }
}

export function modelInRow(model: AvatarModel): ModelInRow {
  switch (model.kind) {
    case 'lora': {
      const { mediaKey, ...lora } = model;
      return { ...lora, keptAs: mediaKey };
    }
    case 'finetune':
      return model;
    default:
      return model satisfies never;
  }
}
