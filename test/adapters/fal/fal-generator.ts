import {
  FalImageGenerator,
  type FalImageGeneratorSettings,
} from '../../../src/adapters/fal/fal-image-generator.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { silentLogger } from './silent-logger.js';

/** The adapter in front of a test's own server. */
export function falGenerator(
  url: string,
  settings: Partial<FalImageGeneratorSettings> = {},
): FalImageGenerator {
  return new FalImageGenerator({
    apiKey: 'test-key',
    queueUrl: `${url}/queue`,
    restUrl: `${url}/rest/`,
    mediaStore: new MemoryMediaStore(),
    logger: silentLogger,
    ...settings,
  });
}
