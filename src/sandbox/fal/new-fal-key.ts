import { randomBytes, randomUUID } from 'node:crypto';

/** One that nobody guesses, in the form of fal's own: an id, a colon, a secret. */
export const newFalKey = (): string => `${randomUUID()}:${randomBytes(16).toString('hex')}`;
