import { DomainError } from '../errors.js';
import type { Avatar, EarlierModel, ReadyAvatar } from './avatar.js';
import { type AvatarModel, isInFile, mediaKeyOf } from './avatar-model.js';

/** Why an avatar failed whose weights turned out to be for another model than FLUX.1. */
export const foreignWeights = 'weights_foreign';

/** An avatar that was trained anew keeps what it held before, so that its owner can go back. */

const current = ({ model, trigger, defaultStrength }: ReadyAvatar, replacedAt: Date): EarlierModel => ({
  model,
  trigger,
  strength: defaultStrength,
  replacedAt,
});

/** What was trained on is what is generated with; a strength found for other weights means nothing. */
export function retrained(
  avatar: ReadyAvatar,
  { model, trigger }: Pick<ReadyAvatar, 'model' | 'trigger'>,
  now: Date,
): ReadyAvatar {
  const earlier = [...(avatar.earlier ?? []), current(avatar, now)];
  return { ...avatar, model, trigger, defaultStrength: null, earlier };
}

/**
 * Back to the model before. What was in use takes its turn behind the others: doing this again and again leads
 * through all of them, and nothing is lost by a tap.
 * @throws DomainError `not_found` when there is none.
 */
export function goneBack(avatar: ReadyAvatar, now: Date): ReadyAvatar {
  return using(avatar, (avatar.earlier ?? []).length - 1, now);
}

/** Back, or forth, to the weights of one training. @throws DomainError `not_found` when they are gone. */
export function holdingWeights(avatar: ReadyAvatar, mediaKey: string, now: Date): ReadyAvatar {
  if (mediaKeyOf(avatar.model) === mediaKey) return avatar;
  return using(
    avatar,
    (avatar.earlier ?? []).findIndex(({ model }) => mediaKeyOf(model) === mediaKey),
    now,
  );
}

/** Without the models that were replaced before that; and those. */
export function withoutOld(
  avatar: ReadyAvatar,
  replacedBefore: Date,
): { avatar: ReadyAvatar; gone: readonly EarlierModel[] } {
  const { earlier = [] } = avatar;
  const isOld = ({ replacedAt }: EarlierModel) => replacedAt < replacedBefore;
  return {
    avatar: { ...avatar, earlier: earlier.filter((one) => !isOld(one)) },
    gone: earlier.filter(isOld),
  };
}

/**
 * Without the model in use, which turned out to be of no use: the one before takes its place. Where there is none, it
 * has failed for that reason.
 */
export function withoutCurrent(avatar: ReadyAvatar, reason: string, now: Date): Avatar {
  const { model: _, earlier = [], ...basics } = avatar;
  if (earlier.length === 0) return { ...basics, status: 'failed', reason };
  const back = goneBack(avatar, now);
  return { ...back, earlier: (back.earlier ?? []).slice(1) };
}

/** All that it holds, what is in use first; only a ready one holds any. */
export const modelsOf = (avatar: Avatar): readonly AvatarModel[] =>
  avatar.status === 'ready' ? [avatar, ...(avatar.earlier ?? [])].map(({ model }) => model) : [];

/** Media-store keys of the weights that it holds. */
export const weightsOf = (avatar: Avatar): string[] =>
  modelsOf(avatar).flatMap((model) => mediaKeyOf(model) ?? []);

/** The same weights under another address. */
export function atAddress(avatar: ReadyAvatar, url: string, fresh: string): ReadyAvatar {
  const moved = (model: AvatarModel): AvatarModel =>
    isInFile(model) && model.url === url ? { ...model, url: fresh } : model;
  const earlier = (avatar.earlier ?? []).map((one) => ({ ...one, model: moved(one.model) }));
  return { ...avatar, model: moved(avatar.model), ...(earlier.length > 0 ? { earlier } : {}) };
}

function using(avatar: ReadyAvatar, index: number, now: Date): ReadyAvatar {
  const { earlier = [] } = avatar;
  const chosen = earlier[index];
  if (chosen === undefined) throw new DomainError({ code: 'not_found', what: 'earlier model' });
  return {
    ...avatar,
    model: chosen.model,
    trigger: chosen.trigger,
    defaultStrength: chosen.strength,
    earlier: [current(avatar, now), ...earlier.filter((_, at) => at !== index)],
  };
}
