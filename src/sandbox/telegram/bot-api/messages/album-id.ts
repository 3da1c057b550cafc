import { randomInt } from 'node:crypto';

/** What the messages of one album have in common: digits, as at Telegram. */
export const newAlbumId = (): string => String(randomInt(1e13, 9e13));
