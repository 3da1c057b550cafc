/**
 * Branded identifiers. A plain string never passes for one by accident; the casts below are the only way in,
 * used where an id enters the program (a way in, a database row, the `Ids` port).
 */
type Branded<Name extends string> = string & { readonly __brand: Name };

/** Who owns avatars, images and credits. The Telegram user id in decimal digits, e.g. `"123456789"`. */
export type UserId = Branded<'UserId'>;
/** A UUID. */
export type AvatarId = Branded<'AvatarId'>;
/** A UUID. */
export type GenerationId = Branded<'GenerationId'>;
/** A UUID. */
export type TrainingId = Branded<'TrainingId'>;

export const userId = (value: string): UserId => value as UserId;
export const avatarId = (value: string): AvatarId => value as AvatarId;
export const generationId = (value: string): GenerationId => value as GenerationId;
export const trainingId = (value: string): TrainingId => value as TrainingId;
/** A UUID. */
export type PhotoId = Branded<'PhotoId'>;

export const photoId = (value: string): PhotoId => value as PhotoId;
