export const avatarTypes = ['portrait', 'artistic'] as const;
/** `portrait` is a person, `artistic` a style. */
export type AvatarType = (typeof avatarTypes)[number];
