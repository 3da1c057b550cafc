import type { AllowanceStore } from './allowance-store.js';
import type { AvatarStore } from './avatar-store.js';
import type { FollowUpStore } from './chat/follow-up-store.js';
import type { GalleryViewStore } from './chat/gallery-view-store.js';
import type { JobMessageStore } from './chat/job-message-store.js';
import type { PendingReplyStore } from './chat/pending-reply-store.js';
import type { SentFileStore } from './chat/sent-file-store.js';
import type { UpdateInbox } from './chat/update-inbox.js';
import type { DraftStore } from './draft-store.js';
import type { EventHookStore } from './event-hook-store.js';
import type { FormStore } from './form-store.js';
import type { GalleryStore } from './gallery-store.js';
import type { GenerationStore } from './generation-store.js';
import type { ImageStore } from './image-store.js';
import type { AttemptStore } from './jobs/attempt-store.js';
import type { DurationStore } from './jobs/duration-store.js';
import type { EndpointStatusStore } from './jobs/endpoint-status-store.js';
import type { JobQueue } from './jobs/job-queue.js';
import type { Leftovers } from './jobs/leftovers.js';
import type { WebhookInbox } from './jobs/webhook-inbox.js';
import type { WorkerStore } from './jobs/worker-store.js';
import type { Ledger } from './ledger.js';
import type { MoneyMessageStore } from './money/money-message-store.js';
import type { PaymentStore } from './money/payment-store.js';
import type { PromoStore } from './money/promo-store.js';
import type { ReferralStore } from './money/referral-store.js';
import type { StarBooksStore } from './money/star-books-store.js';
import type { SubscriptionStore } from './money/subscription-store.js';
import type { AccessLinkStore } from './operator/access-link-store.js';
import type { AdmissionStore } from './operator/admission-store.js';
import type { AlertStore } from './operator/alert-store.js';
import type { BillStore } from './operator/bill-store.js';
import type { BlockStore } from './operator/block-store.js';
import type { BroadcastStore } from './operator/broadcast-store.js';
import type { CaseStore } from './operator/case-store.js';
import type { JobRecordStore } from './operator/job-record-store.js';
import type { NumbersStore } from './operator/numbers-store.js';
import type { OperatorActStore } from './operator/operator-act-store.js';
import type { OperatorIntentStore } from './operator/operator-intent-store.js';
import type { PersonStore } from './operator/person-store.js';
import type { QuotaStore } from './operator/quota-store.js';
import type { PersonalData } from './personal-data.js';
import type { PhotoStore } from './photo-store.js';
import type { PreferenceStore } from './preference-store.js';
import type { RecipeStore } from './recipe-store.js';
import type { TrainingStore } from './training-store.js';
import type { UserStore } from './user-store.js';

/** Everything that is written together. */
export interface Stores {
  readonly users: UserStore;
  readonly avatars: AvatarStore;
  readonly generations: GenerationStore;
  readonly images: ImageStore;
  readonly ledger: Ledger;
  readonly payments: PaymentStore;
  readonly starBooks: StarBooksStore;
  readonly moneyMessages: MoneyMessageStore;
  readonly promos: PromoStore;
  readonly subscriptions: SubscriptionStore;
  readonly numbers: NumbersStore;
  readonly referrals: ReferralStore;
  readonly jobs: JobQueue;
  readonly webhookInbox: WebhookInbox;
  readonly endpoints: EndpointStatusStore;
  readonly preferences: PreferenceStore;
  readonly updates: UpdateInbox;
  readonly jobMessages: JobMessageStore;
  readonly sentFiles: SentFileStore;
  readonly followUps: FollowUpStore;
  readonly forms: FormStore;
  readonly recipes: RecipeStore;
  readonly durations: DurationStore;
  readonly galleryViews: GalleryViewStore;
  readonly gallery: GalleryStore;
  readonly pendingReplies: PendingReplyStore;
  readonly trainings: TrainingStore;
  readonly photos: PhotoStore;
  readonly avatarDrafts: DraftStore;
  readonly personal: PersonalData;
  readonly allowances: AllowanceStore;
  readonly attempts: AttemptStore;
  readonly workers: WorkerStore;
  readonly leftovers: Leftovers;
  readonly jobRecords: JobRecordStore;
  readonly alerts: AlertStore;
  readonly operatorActs: OperatorActStore;
  readonly operatorIntents: OperatorIntentStore;
  readonly admissions: AdmissionStore;
  readonly accessLinks: AccessLinkStore;
  readonly people: PersonStore;
  readonly cases: CaseStore;
  readonly bills: BillStore;
  readonly blocks: BlockStore;
  readonly broadcasts: BroadcastStore;
  readonly quotas: QuotaStore;
  readonly eventHooks: EventHookStore;
}

/** The door to what is kept, or to the stores named: the type of a use case says what it touches. */
export interface Database<Name extends keyof Stores = keyof Stores> {
  /** Each call on these stands alone. */
  readonly stores: Pick<Stores, Name>;
  /** Runs the work in one transaction: all of it is written, with its jobs and ledger entries, or nothing. */
  transaction<Result>(work: (stores: Pick<Stores, Name>) => Promise<Result>): Promise<Result>;
}
