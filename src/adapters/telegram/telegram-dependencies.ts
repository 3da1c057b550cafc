import type { DiskSpace } from '../../application/policy/disk-space.js';
import type { Policy } from '../../application/policy/policy.js';
import type { Sales } from '../../application/policy/sales.js';
import type { TrainingPolicy } from '../../application/policy/training-policy.js';
import type { Clock } from '../../application/ports/clock.js';
import type { OpenExamples } from '../../application/ports/examples.js';
import type { Ids } from '../../application/ports/ids.js';
import type { Logger } from '../../application/ports/logger.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import type { Metrics } from '../../application/ports/metrics.js';
import type { Payments } from '../../application/ports/money/payments.js';
import type { ContactSheet } from '../../application/ports/pictures/contact-sheet.js';
import type { ProofComposer } from '../../application/ports/pictures/proof-composer.js';
import type { WayInDatabase } from '../../application/ports/stores/way-in-database.js';
import type { Timing } from './timing.js';
import type { TelegramUseCases } from './use-cases.js';

/** What the Telegram bot needs from outside. */
export interface TelegramDependencies extends TelegramUseCases {
  /** From BotFather. */
  readonly token: string;
  /** `https://api.telegram.org`, or where else the Bot API is served. */
  readonly apiUrl: string;
  /** Where Telegram can reach us: then updates come by webhook, else they are fetched. */
  readonly publicUrl: string | null;
  /** Deliveries that this process has in Telegram's hands at most. */
  readonly sendsAtOnce: number;
  /** Notices to many people that Telegram takes from this bot in a second; 30 unless it pays for more. */
  readonly messagesPerSecond: number;
  /** How many processes share that limit, this one included. */
  readonly sharedBy: () => Promise<number>;
  /** `null`: files that people sent come over HTTP; else the folder of one's own Bot API server. */
  readonly filesDir: string | null;
  /** The largest file that this Bot API hands out and takes. Bytes. */
  readonly downloadLimit: number;
  readonly uploadLimit: number;
  /** Under which this process is known while it lives. */
  readonly workerId: string;
  readonly database: WayInDatabase;
  readonly media: MediaStore;
  /** Puts pictures together, each with its number. */
  readonly proofComposer: ProofComposer;
  readonly contactSheet: ContactSheet;
  /** Whether there is room for what is bought. */
  readonly disk: Pick<DiskSpace, 'isShort'>;
  /** What somebody without an avatar is shown. */
  readonly examples: OpenExamples;
  readonly policy: Policy;
  /** Takes people's money. */
  readonly payments: Payments;
  readonly sales: Sales;
  /** Where people reach the operator: an `https:` or `mailto:` address. */
  readonly supportContact: string | null;
  readonly trainingPolicy: TrainingPolicy;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The machine's own unless given. */
  readonly timing?: Timing;
  /** How long the end of an update waits for the next one, to be written with it: 500. */
  readonly endsWaitMilliseconds?: number;
}
