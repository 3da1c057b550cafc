import { runMigrations } from 'graphile-worker';
import { Kysely, type Migration, Migrator, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { UnfitDatabase } from '../connection/check-database.js';
import { up as generations } from './migrations/from-0001/0001-generations.js';
import { up as bot } from './migrations/from-0001/0002-bot.js';
import { up as training } from './migrations/from-0001/0003-training.js';
import { up as gallerySearch } from './migrations/from-0001/0004-gallery-search.js';
import { up as avatarCare } from './migrations/from-0001/0005-avatar-care.js';
import { up as claimsOfUpdates } from './migrations/from-0001/0006-claims-of-updates.js';
import { up as lastResort } from './migrations/from-0001/0007-last-resort.js';
import { up as endpointRefusals } from './migrations/from-0001/0008-endpoint-refusals.js';
import { up as costs } from './migrations/from-0001/0010-costs.js';
import { up as installation } from './migrations/from-0001/0012-installation.js';
import { up as leftAtFal } from './migrations/from-0001/0014-left-at-fal.js';
import { up as unlocking } from './migrations/from-0001/0015-unlocking.js';
import { up as whomUpscalesShow } from './migrations/from-0001/0017-whom-upscales-show.js';
import { up as takingTheNext } from './migrations/from-0001/0018-taking-the-next.js';
import { up as growth } from './migrations/from-0020/0020-growth.js';
import { up as whatFollowsAResult } from './migrations/from-0020/0021-what-follows-a-result.js';
import { up as confirmedOrders } from './migrations/from-0020/0022-confirmed-orders.js';
import { up as facesSeen } from './migrations/from-0020/0026-faces-seen.js';
import { up as ownFiles } from './migrations/from-0020/0027-own-files.js';
import { up as whereAPictureStands } from './migrations/from-0020/0028-where-a-picture-stands.js';
import { up as openQuestions } from './migrations/from-0020/0029-open-questions.js';
import { up as formsFromAPicture } from './migrations/from-0020/0031-forms-from-a-picture.js';
import { up as draftsOfProgress } from './migrations/from-0020/0032-drafts-of-progress.js';
import { up as payments } from './migrations/from-0020/0035-payments.js';
import { up as subscriptions } from './migrations/from-0020/0036-subscriptions.js';
import { up as costsAtFal } from './migrations/from-0020/0037-costs-at-fal.js';
import { up as alerts } from './migrations/from-0020/0038-alerts.js';
import { up as promoCodes } from './migrations/from-0020/0039-promo-codes.js';
import { up as referrals } from './migrations/from-0020/0040-referrals.js';
import { up as operatorActs } from './migrations/from-0041/0041-operator-acts.js';
import { up as access } from './migrations/from-0041/0042-access.js';
import { up as blockedPeople } from './migrations/from-0041/0043-blocked-people.js';
import { up as quotas } from './migrations/from-0041/0044-quotas.js';
import { up as waysOfAlerts } from './migrations/from-0041/0046-ways-of-alerts.js';
import { up as starBooks } from './migrations/from-0041/0050-star-books.js';
import { up as subscriptionsThatEnd } from './migrations/from-0041/0051-subscriptions-that-end.js';
import { up as moneyMessages } from './migrations/from-0041/0052-money-messages.js';
import { up as broadcasts } from './migrations/from-0041/0059-broadcasts.js';
import { up as moderation } from './migrations/from-0041/0060-moderation.js';
import { up as youngFaces } from './migrations/from-0041/0061-young-faces.js';
import { up as percentCodes } from './migrations/from-0041/0063-percent-codes.js';
import { up as appeals } from './migrations/from-0041/0064-appeals.js';
import { up as waitingPayments } from './migrations/from-0041/0065-waiting-payments.js';
import { up as textsOfBroadcasts } from './migrations/from-0041/0066-texts-of-broadcasts.js';
import { up as providerBills } from './migrations/from-0041/0067-provider-bills.js';
import { up as apiKeys } from './migrations/from-0041/0068-api-keys.js';
import { up as eventHooks } from './migrations/from-0041/0070-event-hooks.js';
import { up as quietWebhooks } from './migrations/from-0041/0071-quiet-webhooks.js';
import { up as latestFailures } from './migrations/from-0041/0072-latest-failures.js';

/** Numbered, forward-only. A new one goes at the end; a landed one is never changed. */
const migrations: Record<string, Migration> = {
  '0001-generations': { up: generations },
  '0002-bot': { up: bot },
  '0003-training': { up: training },
  '0004-gallery-search': { up: gallerySearch },
  '0005-avatar-care': { up: avatarCare },
  '0006-claims-of-updates': { up: claimsOfUpdates },
  '0007-last-resort': { up: lastResort },
  '0008-endpoint-refusals': { up: endpointRefusals },
  '0010-costs': { up: costs },
  '0012-installation': { up: installation },
  '0014-left-at-fal': { up: leftAtFal },
  '0015-unlocking': { up: unlocking },
  '0017-whom-upscales-show': { up: whomUpscalesShow },
  '0018-taking-the-next': { up: takingTheNext },
  '0020-growth': { up: growth },
  '0021-what-follows-a-result': { up: whatFollowsAResult },
  '0022-confirmed-orders': { up: confirmedOrders },
  '0026-faces-seen': { up: facesSeen },
  '0027-own-files': { up: ownFiles },
  '0028-where-a-picture-stands': { up: whereAPictureStands },
  '0029-open-questions': { up: openQuestions },
  '0031-forms-from-a-picture': { up: formsFromAPicture },
  '0032-drafts-of-progress': { up: draftsOfProgress },
  '0035-payments': { up: payments },
  '0036-subscriptions': { up: subscriptions },
  '0037-costs-at-fal': { up: costsAtFal },
  '0038-alerts': { up: alerts },
  '0039-promo-codes': { up: promoCodes },
  '0040-referrals': { up: referrals },
  '0041-operator-acts': { up: operatorActs },
  '0042-access': { up: access },
  '0043-blocked-people': { up: blockedPeople },
  '0044-quotas': { up: quotas },
  '0046-ways-of-alerts': { up: waysOfAlerts },
  '0050-star-books': { up: starBooks },
  '0051-subscriptions-that-end': { up: subscriptionsThatEnd },
  '0052-money-messages': { up: moneyMessages },
  '0059-broadcasts': { up: broadcasts },
  '0060-moderation': { up: moderation },
  '0061-young-faces': { up: youngFaces },
  '0063-percent-codes': { up: percentCodes },
  '0064-appeals': { up: appeals },
  '0065-waiting-payments': { up: waitingPayments },
  '0066-texts-of-broadcasts': { up: textsOfBroadcasts },
  '0067-provider-bills': { up: providerBills },
  '0068-api-keys': { up: apiKeys },
  '0070-event-hooks': { up: eventHooks },
  '0071-quiet-webhooks': { up: quietWebhooks },
  '0072-latest-failures': { up: latestFailures },
};

/** Whether any release has made its tables in this database. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`select 1 where to_regclass('kysely_migration') is not null`);
  return rows.length > 0;
}

/**
 * Brings the database to this release's schema, the queue's included. Safe to run from several programs at
 * once: both migrators take a lock. Returns the names of the migrations that were applied now.
 * @throws UnfitDatabase when a newer release has been here
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  await refuseNewerSchema(pool);
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    // Two that were made at the same time may land the other way round; none of them builds on the other.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    // A newer release may have been faster; Kysely says then that the migrations are corrupted.
    await refuseNewerSchema(pool);
    throw error;
  }
  await runMigrations({ pgPool: pool });
  return (results ?? []).map((result) => result.migrationName);
}

/**
 * A database that a newer release has migrated is not touched: this one would read and write it wrongly.
 * @throws UnfitDatabase naming the migration and the way out
 */
async function refuseNewerSchema(pool: pg.Pool): Promise<void> {
  if (!(await isMigrated(pool))) return;
  const known = Object.keys(migrations);
  const { rows } = await pool.query<{ name: string }>(
    'select name from kysely_migration where name <> all($1) order by name',
    [known],
  );
  if (rows.length === 0) return;
  throw new UnfitDatabase(
    `a newer release of Aisha has changed it (${rows.map(({ name }) => name).join(', ')}), and this one knows ` +
      `only what was before (up to ${known.at(-1)}). Start that release again; or, to go back, restore the backup ` +
      'that was made before the upgrade.',
  );
}
