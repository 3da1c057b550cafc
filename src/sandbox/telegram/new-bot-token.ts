import { randomBytes, randomInt } from 'node:crypto';

/** One that nobody guesses, in the form of BotFather's: libraries and hosts check it. */
export const newBotToken = (): string =>
  `${randomInt(7_000_000_000, 9_000_000_000)}:AA${randomBytes(25).toString('base64url').slice(0, 33)}`;
