import { createHash, timingSafeEqual } from 'node:crypto';
import type { SecretDigest } from '../../application/ports/api/secret-digest.js';

export const secretDigest: SecretDigest = {
  of: (secret) => createHash('sha256').update(secret).digest('hex'),
  equal(one, other) {
    const [first, second] = [Buffer.from(one), Buffer.from(other)];
    return first.length === second.length && timingSafeEqual(first, second);
  },
};
