import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Ids, SecureBytes } from '../../application/ports/ids.js';

export const randomIds: Ids = { uuid: () => randomUUID(), seed: () => randomInt(0, 2 ** 32) };

export const secureBytes: SecureBytes = (count) => randomBytes(count);
