import type { AllowanceStore } from './allowance-store.js';
import type { AttemptStore } from './attempt-store.js';
import type { AvatarStore } from './avatar-store.js';
import type { DraftStore } from './draft-store.js';
import type { EndpointFacts } from './endpoint-facts.js';
import type { ExpectationStore } from './expectation-store.js';
import type { GalleryStore } from './gallery-store.js';
import type { GalleryViewStore } from './gallery-view-store.js';
import type { GenerationStore } from './generation-store.js';
import type { ImageStore } from './image-store.js';
import type { JobMessageStore } from './job-message-store.js';
import type { JobQueue } from './job-queue.js';
import type { Ledger } from './ledger.js';
import type { Leftovers } from './leftovers.js';
import type { PaceStore } from './pace-store.js';
import type { PersonalData } from './personal-data.js';
import type { PhotoStore } from './photo-store.js';
import type { PreferenceStore } from './preference-store.js';
import type { ReceiptStore } from './receipt-store.js';
import type { RecipeStore } from './recipe-store.js';
import type { SentFileStore } from './sent-file-store.js';
import type { TrainingStore } from './training-store.js';
import type { UpdateLog } from './update-log.js';
import type { UserStore } from './user-store.js';
import type { WishStore } from './wish-store.js';
import type { WorkerStore } from './worker-store.js';

/** Everything that is written together. */
export interface Stores {
  readonly users: UserStore;
  readonly avatars: AvatarStore;
  readonly generations: GenerationStore;
  readonly images: ImageStore;
  readonly ledger: Ledger;
  readonly jobs: JobQueue;
  readonly receipts: ReceiptStore;
  readonly endpoints: EndpointFacts;
  readonly preferences: PreferenceStore;
  readonly updates: UpdateLog;
  readonly jobMessages: JobMessageStore;
  readonly sentFiles: SentFileStore;
  readonly wishes: WishStore;
  readonly recipes: RecipeStore;
  readonly paces: PaceStore;
  readonly galleryViews: GalleryViewStore;
  readonly gallery: GalleryStore;
  readonly expectations: ExpectationStore;
  readonly trainings: TrainingStore;
  readonly photos: PhotoStore;
  readonly avatarDrafts: DraftStore;
  readonly personal: PersonalData;
  readonly allowances: AllowanceStore;
  readonly attempts: AttemptStore;
  readonly workers: WorkerStore;
  readonly leftovers: Leftovers;
}

/** The door to what is kept. */
export interface Database {
  /** Each call on these stands alone. */
  readonly stores: Stores;
  /** Runs the work in one transaction: all of it is written, with its jobs and ledger entries, or nothing. */
  transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>;
}
