import { type AvatarModel, modelKinds } from '../../../domain/avatar/avatar-model.js';
import type { StoredWeights } from '../../../domain/training/training.js';

/** What lies in rows beside this is as we name it. */
export interface HeldInRow {
  /** The media key of weights, under the name of the first release. */
  readonly keptAs?: string | undefined;
}

export function inRow(held: AvatarModel | StoredWeights): HeldInRow {
  const { mediaKey: keptAs, ...rest } = { mediaKey: undefined, ...held };
  return { ...rest, keptAs };
}

export const toWeights = ({ keptAs, ...rest }: HeldInRow) => ({ ...rest, mediaKey: keptAs }) as StoredWeights;

/** @throws Error for a kind that only a later release knows: whatever was done with it would be wrong. */
export function toModel({ keptAs, ...rest }: HeldInRow): AvatarModel {
  const model = (keptAs === undefined ? rest : { ...rest, mediaKey: keptAs }) as AvatarModel;
  if (!modelKinds.includes(model.kind))
    throw new Error(`an avatar holds a model of an unknown kind: ${model.kind}`);
  return model;
}
