import type { AccessLink } from '../../../src/domain/operator/admission.js';
import { longAgo, secondsLater } from './ids.js';

export const anAccessLink = (changes: Partial<AccessLink> = {}): AccessLink => ({
  ...{ code: 'K7M2Q9XD4T', uses: 1, used: 0, until: secondsLater(86_400), endedAt: null, createdAt: longAgo },
  ...changes,
});
