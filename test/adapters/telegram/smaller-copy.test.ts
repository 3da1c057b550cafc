import { expect, test } from 'vitest';
import { smallerCopy } from '../../../src/adapters/telegram/delivery/smaller-copy.js';
import { jpegOfManyScans } from '../../support/jpeg-of-many-scans.js';

test('a copy that takes too long to make is given up', async () => {
  await expect(smallerCopy(jpegOfManyScans(7000, 7000, 500), 1)).rejects.toThrow(/^timeout/);
});
