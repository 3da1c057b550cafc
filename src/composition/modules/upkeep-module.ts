import { ContainerModule } from 'inversify';
import { KeepImportedWeights } from '../../application/avatars/keep-imported-weights.js';
import { PurgePhotos } from '../../application/avatars/photos/purge-photos.js';
import { PurgeReplacedWeights } from '../../application/avatars/purge-replaced-weights.js';
import { PurgeImages } from '../../application/gallery/purge-images.js';
import { ReplayGeneration } from '../../application/generation/replay-generation.js';
import { SendEvents } from '../../application/hooks/send-events.js';
import { StepGuard } from '../../application/jobs/step-guard.js';
import { SendBroadcasts } from '../../application/operator/broadcasts/send-broadcasts.js';
import { CompareBill } from '../../application/operator/compare-bill.js';
import { NoteTroubles } from '../../application/operator/note-troubles.js';
import { RecountSpending } from '../../application/operator/quotas/recount-spending.js';
import { SendAlerts } from '../../application/operator/send-alerts.js';
import { ExpireMonths } from '../../application/payments/expire-months.js';
import { ReconcilePayments } from '../../application/payments/reconcile-payments.js';
import { SettleReferrals } from '../../application/payments/settle-referrals.js';
import { TellMoney } from '../../application/payments/tell-money.js';
import { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import { RequestTraining } from '../../application/training/request-training.js';
import { RetryTraining } from '../../application/training/retry-training.js';
import { ConfirmJobAct } from '../../application/upkeep/confirm-job-act.js';
import { CopyMedia } from '../../application/upkeep/copy-media.js';
import { ExpireDrafts } from '../../application/upkeep/expire-drafts.js';
import { GiveBackJob } from '../../application/upkeep/give-back-job.js';
import { LastResort } from '../../application/upkeep/last-resort.js';
import { ListDeadLetters } from '../../application/upkeep/list-dead-letters.js';
import { ListEndpoints } from '../../application/upkeep/list-endpoints.js';
import { PurgeCounts } from '../../application/upkeep/purge-counts.js';
import { PurgeLeftovers } from '../../application/upkeep/purge-leftovers.js';
import { PurgeOrphans } from '../../application/upkeep/purge-orphans.js';
import { ReceiveWebhook } from '../../application/upkeep/receive-webhook.js';
import { RestoreEndpoint } from '../../application/upkeep/restore-endpoint.js';
import { Sweep } from '../../application/upkeep/sweep.js';
import { build, ifBound, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';
import { every, seldom } from './how-often.js';

/** Looked after where alerts are posted. */
const troubleSeconds = 30;
/** Photos and models are kept for days: minutes are soon enough. */
const purgeSeconds = 600;
/** Whether the bill of yesterday is to be had. */
const billSeconds = 3600;

/** What goes on beside the jobs: events of the provider, and what every worker looks after. */
export const upkeepModule = new ContainerModule(({ bind }) => {
  build(bind, ReceiveWebhook, parts('database', 'clock', 'worker', 'log'));
  build(bind, ListEndpoints, parts('database', 'clock'));
  build(bind, RestoreEndpoint, parts('database', 'clock'));
  build(bind, ListDeadLetters, { ...parts('database'), requestTraining: RequestTraining });
  build(bind, GiveBackJob, parts('database', 'clock'));
  build(bind, ConfirmJobAct, {
    ...parts('database', 'clock'),
    replayGeneration: ReplayGeneration,
    retryTraining: RetryTraining,
    giveBackJob: GiveBackJob,
  });
  build(bind, RecountSpending, parts('database', 'clock', 'policy'));
  build(bind, Sweep, { ...parts('database', 'clock', 'log'), workers: s.workerRegistry });
  build(bind, LastResort, parts('database', 'clock', 'worker', 'metrics', 'log'));
  build(bind, PurgeLeftovers, parts('database', 'clock'));
  build(bind, PurgeOrphans, parts('database', 'media', 'clock', 'log'));
  build(bind, CopyMedia, { places: s.mediaPlaces });
  build(bind, PurgeCounts, parts('database', 'clock'));
  build(bind, ExpireDrafts, {
    ...parts('database', 'transports', 'clock', 'log'),
    deleteAvatar: DeleteAvatar,
    policy: s.trainingPolicy,
  });
  make(
    bind,
    s.chores,
    (chores) => ({
      'free leftovers': () => chores.guard.freeLeftovers(),
      'free forgotten': () => chores.guard.freeForgotten(),
      sweep: () => chores.sweep.execute(),
      'last resort': seldom(() => chores.lastResort.execute()),
      'purge leftovers': () => chores.leftovers.execute(),
      'purge photos': every(purgeSeconds, chores.clock, () => chores.photos.execute()),
      'purge images': seldom(() => chores.images.execute()),
      'purge replaced weights': every(purgeSeconds, chores.clock, () => chores.replacedWeights.execute()),
      'purge orphans': () => chores.orphans.execute(),
      'purge counts': () => chores.counts.execute(),
      'recount spending': seldom(() => chores.spending.execute()),
      'keep imported weights': () => chores.importedWeights.nudge(),
      'expire drafts': () => chores.drafts.execute(),
      'expire months': seldom(() => chores.months.execute()),
      ...(chores.troubles === undefined || chores.alerts === undefined
        ? {}
        : {
            'note troubles': every(
              troubleSeconds,
              chores.clock,
              () => chores.troubles?.execute() ?? Promise.resolve(),
            ),
            'send alerts': async () => chores.alerts?.nudge(),
          }),
      ...(chores.bill === undefined
        ? {}
        : {
            'compare bill': every(
              billSeconds,
              chores.clock,
              () => chores.bill?.execute() ?? Promise.resolve(),
            ),
          }),
      'send broadcasts': async () => chores.broadcasts?.nudge(),
      'send webhooks': async () => chores.events.nudge(),
      'settle referrals': seldom(() => chores.referrals.execute()),
      ...(chores.money === undefined
        ? {}
        : { 'tell of money': seldom(() => chores.money?.execute() ?? Promise.resolve()) }),
      ...(chores.reconcile === undefined
        ? {}
        : {
            'reconcile payments': every(
              chores.resources.config.reconcileSeconds,
              chores.clock,
              () => chores.reconcile?.execute() ?? Promise.resolve(),
            ),
          }),
    }),
    {
      guard: StepGuard,
      sweep: Sweep,
      lastResort: LastResort,
      leftovers: PurgeLeftovers,
      photos: PurgePhotos,
      images: PurgeImages,
      replacedWeights: PurgeReplacedWeights,
      orphans: PurgeOrphans,
      counts: PurgeCounts,
      spending: RecountSpending,
      importedWeights: KeepImportedWeights,
      drafts: ExpireDrafts,
      months: ExpireMonths,
      referrals: SettleReferrals,
      ...parts('resources', 'clock'),
      reconcile: ifBound(ReconcilePayments),
      money: ifBound(TellMoney),
      troubles: ifBound(NoteTroubles),
      alerts: ifBound(SendAlerts),
      broadcasts: ifBound(SendBroadcasts),
      events: SendEvents,
      bill: ifBound(CompareBill),
    },
  );
});
