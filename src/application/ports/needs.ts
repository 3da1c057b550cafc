import type { AvatarTrainer } from './avatar-trainer.js';
import type { Clock } from './clock.js';
import type { Ids } from './ids.js';
import type { ImageDownloads } from './image-downloads.js';
import type { ImageGenerator } from './image-generator.js';
import type { Logger } from './logger.js';
import type { MediaStore } from './media-store.js';
import type { Metrics } from './metrics.js';
import type { Database, Stores } from './stores/stores.js';
import type { Transport } from './transport.js';
import type { WeightsLibrary } from './weights-library.js';

/** What many use cases ask of the world, each under one name. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly media: MediaStore;
  readonly downloads: ImageDownloads;
  readonly generator: ImageGenerator;
  readonly trainer: AvatarTrainer;
  readonly library: WeightsLibrary;
  readonly transports: readonly Transport[];
  /** The name under which this process holds leases. */
  readonly worker: string;
}

/** The parts of a use case: which stores it touches, and what else it asks for. */
export type Needs<Store extends keyof Stores, Port extends keyof Ports = never> = Pick<Ports, Port> & {
  readonly database: Database<Store>;
};
