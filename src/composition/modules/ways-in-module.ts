import { ContainerModule } from 'inversify';
import { ApiTransport } from '../../adapters/api/api-transport.js';
import { DirectTransport } from '../../adapters/cli/direct-transport.js';
import { GrantCredits } from '../../application/account/grant-credits.js';
import { CreateApiKey } from '../../application/account/keys/create-api-key.js';
import { RevokeApiKey } from '../../application/account/keys/revoke-api-key.js';
import { AddAvatar } from '../../application/avatars/add-avatar.js';
import { ImportAvatars } from '../../application/avatars/import-avatars.js';
import { FollowGenerations } from '../../application/generation/follow-generations.js';
import { ReplayGeneration } from '../../application/generation/replay-generation.js';
import { NoteEvent } from '../../application/hooks/note-event.js';
import { DecideAccess } from '../../application/operator/access/decide-access.js';
import { EndAccessLink } from '../../application/operator/access/end-access-link.js';
import { MakeAccessLink } from '../../application/operator/access/make-access-link.js';
import { OpenToAll } from '../../application/operator/access/open-to-all.js';
import { StopBroadcast } from '../../application/operator/broadcasts/stop-broadcast.js';
import { DecideCase } from '../../application/operator/cases/decide-case.js';
import { OpenCase } from '../../application/operator/cases/open-case.js';
import { ShowCases } from '../../application/operator/cases/show-cases.js';
import { ListActs } from '../../application/operator/list-acts.js';
import { ListWaitingPayments } from '../../application/operator/payments/list-waiting-payments.js';
import { SettlePayment } from '../../application/operator/payments/settle-payment.js';
import { StopRefund } from '../../application/operator/payments/stop-refund.js';
import { BlockPerson } from '../../application/operator/people/block-person.js';
import { DescribePerson } from '../../application/operator/people/describe-person.js';
import { FindPeople } from '../../application/operator/people/find-people.js';
import { MessagePerson } from '../../application/operator/people/message-person.js';
import { ReturnPayment } from '../../application/operator/people/return-payment.js';
import { TakeBackCredits } from '../../application/operator/people/take-back-credits.js';
import { UnblockPerson } from '../../application/operator/people/unblock-person.js';
import { LimitPictures } from '../../application/operator/quotas/limit-pictures.js';
import { ResetBudget } from '../../application/operator/quotas/reset-budget.js';
import { ReportNumbers } from '../../application/operator/report-numbers.js';
import { ShowJob } from '../../application/operator/show-job.js';
import { CreatePromo } from '../../application/payments/create-promo.js';
import { EndPromo } from '../../application/payments/end-promo.js';
import { RetryTraining } from '../../application/training/retry-training.js';
import { CopyMedia } from '../../application/upkeep/copy-media.js';
import { GiveBackJob } from '../../application/upkeep/give-back-job.js';
import { RestoreEndpoint } from '../../application/upkeep/restore-endpoint.js';
import { build, ifBound, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';
import { wayIn } from '../way-in.js';

/** The ways in that every process has: calls of the library, the commands of the CLI, and what the API has to tell. */
export const waysInModule = new ContainerModule(({ bind }) => {
  bind(s.transport).toConstantValue(new DirectTransport());
  wayIn(bind, build(bind, ApiTransport, { follow: FollowGenerations, noteEvent: NoteEvent }));
  make(bind, s.cli, (found) => found, {
    ...parts('database', 'policy', 'media'),
    copyMedia: CopyMedia,
    addAvatar: AddAvatar,
    importAvatars: ImportAvatars,
    grantCredits: GrantCredits,
    createPromo: CreatePromo,
    endPromo: EndPromo,
    reportNumbers: ReportNumbers,
    listActs: ListActs,
    createApiKey: CreateApiKey,
    revokeApiKey: RevokeApiKey,
    findPeople: FindPeople,
    describePerson: DescribePerson,
    takeBackCredits: TakeBackCredits,
    unblockPerson: UnblockPerson,
    blockPerson: ifBound(BlockPerson),
    returnPayment: ifBound(ReturnPayment),
    messagePerson: ifBound(MessagePerson),
    caseChannel: ifBound(s.caseChannel),
    stopRefund: ifBound(StopRefund),
    listWaitingPayments: ListWaitingPayments,
    settlePayment: SettlePayment,
    decideAccess: DecideAccess,
    makeAccessLink: MakeAccessLink,
    endAccessLink: EndAccessLink,
    openToAll: OpenToAll,
    resetBudget: ResetBudget,
    limitPictures: LimitPictures,
    replayGeneration: ReplayGeneration,
    retryTraining: RetryTraining,
    restoreEndpoint: RestoreEndpoint,
    giveBackJob: GiveBackJob,
    showJob: ShowJob,
    stopBroadcast: StopBroadcast,
    showCases: ShowCases,
    openCase: OpenCase,
    decideCase: ifBound(DecideCase),
  });
});
