import { randomInt, randomUUID } from 'node:crypto';
import type { Ids } from '../../application/ports/ids.js';

export const randomIds: Ids = { uuid: () => randomUUID(), seed: () => randomInt(0, 2 ** 32) };
