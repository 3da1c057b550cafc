import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { LocalDispatch } from '../../application/jobs/local-dispatch.js';
import { NoRoom } from '../../application/ports/media-store.js';
import type { Job } from '../../application/ports/stores/jobs/job-queue.js';
import type { Database, Stores } from '../../application/ports/stores/stores.js';
import type { Tables } from './schema/tables.js';
import { PostgresApiKeyStore } from './stores/api/postgres-api-key-store.js';
import { PostgresApiRequestStore } from './stores/api/postgres-api-request-store.js';
import { PostgresFollowUpStore } from './stores/chat/postgres-follow-up-store.js';
import { PostgresGalleryViewStore } from './stores/chat/postgres-gallery-view-store.js';
import { PostgresJobMessageStore } from './stores/chat/postgres-job-message-store.js';
import { PostgresPendingReplyStore } from './stores/chat/postgres-pending-reply-store.js';
import { PostgresSentFileStore } from './stores/chat/postgres-sent-file-store.js';
import { PostgresUpdateInbox } from './stores/chat/postgres-update-inbox.js';
import { PostgresEventHookStore } from './stores/hooks/postgres-event-hook-store.js';
import { PostgresAttemptStore } from './stores/jobs/postgres-attempt-store.js';
import { PostgresDurationStore } from './stores/jobs/postgres-duration-store.js';
import { PostgresEndpointStatusStore } from './stores/jobs/postgres-endpoint-status-store.js';
import { PostgresGenerationStore } from './stores/jobs/postgres-generation-store.js';
import { type LocalJobs, PostgresJobQueue } from './stores/jobs/postgres-job-queue.js';
import { PostgresLeftovers } from './stores/jobs/postgres-leftovers.js';
import { PostgresTrainingStore } from './stores/jobs/postgres-training-store.js';
import { PostgresWebhookInbox } from './stores/jobs/postgres-webhook-inbox.js';
import { PostgresWorkerStore } from './stores/jobs/postgres-worker-store.js';
import { PostgresAccessLinkStore } from './stores/operator/postgres-access-link-store.js';
import { PostgresAdmissionStore } from './stores/operator/postgres-admission-store.js';
import { PostgresAlertStore } from './stores/operator/postgres-alert-store.js';
import { PostgresBillStore } from './stores/operator/postgres-bill-store.js';
import { PostgresBlockStore } from './stores/operator/postgres-block-store.js';
import { PostgresBroadcastStore } from './stores/operator/postgres-broadcast-store.js';
import { PostgresCaseStore } from './stores/operator/postgres-case-store.js';
import { PostgresJobRecordStore } from './stores/operator/postgres-job-record-store.js';
import { PostgresNumbersStore } from './stores/operator/postgres-numbers-store.js';
import { PostgresOperatorActStore } from './stores/operator/postgres-operator-act-store.js';
import { PostgresOperatorIntentStore } from './stores/operator/postgres-operator-intent-store.js';
import { PostgresPersonStore } from './stores/operator/postgres-person-store.js';
import { PostgresQuotaStore } from './stores/operator/postgres-quota-store.js';
import { PostgresMoneyMessageStore } from './stores/payments/postgres-money-message-store.js';
import { PostgresPaymentStore } from './stores/payments/postgres-payment-store.js';
import { PostgresPromoStore } from './stores/payments/postgres-promo-store.js';
import { PostgresReferralStore } from './stores/payments/postgres-referral-store.js';
import { PostgresStarBooksStore } from './stores/payments/postgres-star-books-store.js';
import { PostgresSubscriptionStore } from './stores/payments/postgres-subscription-store.js';
import { PostgresAllowanceStore } from './stores/postgres-allowance-store.js';
import { PostgresAvatarStore } from './stores/postgres-avatar-store.js';
import { PostgresDraftStore } from './stores/postgres-draft-store.js';
import { PostgresFormStore } from './stores/postgres-form-store.js';
import { PostgresGalleryStore } from './stores/postgres-gallery-store.js';
import { PostgresImageStore } from './stores/postgres-image-store.js';
import { PostgresLedger } from './stores/postgres-ledger.js';
import { PostgresPersonalData } from './stores/postgres-personal-data.js';
import { PostgresPhotoStore } from './stores/postgres-photo-store.js';
import { PostgresPreferenceStore } from './stores/postgres-preference-store.js';
import { PostgresRecipeStore } from './stores/postgres-recipe-store.js';
import { PostgresUserStore } from './stores/postgres-user-store.js';

/** Columns are `created_at` in SQL and `createdAt` here; what lies in a JSON column keeps its names. */
const ourNames = new CamelCasePlugin({
  maintainNestedObjectKeys: true,
  underscoreBetweenUppercaseLetters: true,
});

/** The stores over one PostgreSQL, either each call alone or all in one transaction. */
export class PostgresDatabase implements Database {
  readonly stores: Stores;
  private readonly kysely: Kysely<Tables>;

  constructor(
    readonly pool: pg.Pool,
    private readonly localDispatch: LocalDispatch = new LocalDispatch(),
  ) {
    this.kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [ourNames] });
    this.stores = {
      ...storesOn(this.kysely, {
        wants: (job) => this.localDispatch.wants(job),
        begin: (job) => this.begin(job),
      }),
      // An entry that overdraws is undone by rolling back, so the ledger never writes outside a transaction.
      ledger: new TransactionalLedger(this.kysely),
    };
  }

  async transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    const begun: Job[] = [];
    const local: LocalJobs = {
      wants: (job) => this.localDispatch.wants(job),
      // Nobody begins what may yet be undone.
      begin: (job) => void begun.push(job),
    };
    const result = await this.kysely
      .transaction()
      .execute((transaction) => work(storesOn(transaction, local)))
      .catch((error: unknown) => {
        throw asNoRoom(error);
      });
    for (const job of begun) this.begin(job);
    return result;
  }

  private begin(job: Job): void {
    this.localDispatch
      .begin(job)
      .catch(() => new PostgresJobQueue(this.kysely).enqueue(job))
      .catch((error: unknown) => this.localDispatch.lost(job, error));
  }

  /** Ends the pool too. */
  async close(): Promise<void> {
    await this.kysely.destroy();
    // Kysely ends only what it has used.
    if (!this.pool.ended) await this.pool.end();
  }
}

class TransactionalLedger extends PostgresLedger {
  constructor(private readonly kysely: Kysely<Tables>) {
    super(kysely);
  }

  override write(...[entries, now]: Parameters<PostgresLedger['write']>): Promise<number> {
    return this.kysely
      .transaction()
      .execute((transaction) => new PostgresLedger(transaction).write(entries, now));
  }
}

/** `disk_full`: often the disk of the media too, and as little for good. */
const asNoRoom = (error: unknown): unknown =>
  error instanceof pg.DatabaseError && error.code === '53100' ? new NoRoom({ cause: error }) : error;

function storesOn(database: Kysely<Tables>, local: LocalJobs): Stores {
  return {
    users: new PostgresUserStore(database),
    avatars: new PostgresAvatarStore(database),
    generations: new PostgresGenerationStore(database),
    images: new PostgresImageStore(database),
    ledger: new PostgresLedger(database),
    payments: new PostgresPaymentStore(database),
    starBooks: new PostgresStarBooksStore(database),
    moneyMessages: new PostgresMoneyMessageStore(database),
    promos: new PostgresPromoStore(database),
    subscriptions: new PostgresSubscriptionStore(database),
    numbers: new PostgresNumbersStore(database),
    referrals: new PostgresReferralStore(database),
    jobs: new PostgresJobQueue(database, local),
    webhookInbox: new PostgresWebhookInbox(database),
    endpoints: new PostgresEndpointStatusStore(database),
    preferences: new PostgresPreferenceStore(database),
    updates: new PostgresUpdateInbox(database),
    jobMessages: new PostgresJobMessageStore(database),
    sentFiles: new PostgresSentFileStore(database),
    followUps: new PostgresFollowUpStore(database),
    forms: new PostgresFormStore(database),
    recipes: new PostgresRecipeStore(database),
    durations: new PostgresDurationStore(database),
    galleryViews: new PostgresGalleryViewStore(database),
    gallery: new PostgresGalleryStore(database),
    pendingReplies: new PostgresPendingReplyStore(database),
    trainings: new PostgresTrainingStore(database),
    photos: new PostgresPhotoStore(database),
    avatarDrafts: new PostgresDraftStore(database),
    personal: new PostgresPersonalData(database),
    allowances: new PostgresAllowanceStore(database),
    attempts: new PostgresAttemptStore(database),
    workers: new PostgresWorkerStore(database),
    leftovers: new PostgresLeftovers(database),
    alerts: new PostgresAlertStore(database),
    operatorActs: new PostgresOperatorActStore(database),
    cases: new PostgresCaseStore(database),
    operatorIntents: new PostgresOperatorIntentStore(database),
    admissions: new PostgresAdmissionStore(database),
    accessLinks: new PostgresAccessLinkStore(database),
    people: new PostgresPersonStore(database),
    blocks: new PostgresBlockStore(database),
    broadcasts: new PostgresBroadcastStore(database),
    quotas: new PostgresQuotaStore(database),
    bills: new PostgresBillStore(database),
    jobRecords: new PostgresJobRecordStore(database),
    eventHooks: new PostgresEventHookStore(database),
    apiKeys: new PostgresApiKeyStore(database),
    apiRequests: new PostgresApiRequestStore(database),
  };
}
