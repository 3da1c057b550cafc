import { ContainerModule } from 'inversify';
import { GrantCredits } from '../../application/account/grant-credits.js';
import { AskForAccess } from '../../application/operator/access/ask-for-access.js';
import { DecideAccess } from '../../application/operator/access/decide-access.js';
import { EndAccessLink } from '../../application/operator/access/end-access-link.js';
import { MakeAccessLink } from '../../application/operator/access/make-access-link.js';
import { OpenToAll } from '../../application/operator/access/open-to-all.js';
import { AskProvider } from '../../application/operator/ask-provider.js';
import { NoteReachable } from '../../application/operator/broadcasts/note-reachable.js';
import { PrepareBroadcast } from '../../application/operator/broadcasts/prepare-broadcast.js';
import { SendBroadcasts } from '../../application/operator/broadcasts/send-broadcasts.js';
import { StartBroadcast } from '../../application/operator/broadcasts/start-broadcast.js';
import { StopBroadcast } from '../../application/operator/broadcasts/stop-broadcast.js';
import { AppealBlock } from '../../application/operator/cases/appeal-block.js';
import { ConfirmCaseBlock } from '../../application/operator/cases/confirm-case-block.js';
import { DecideCase } from '../../application/operator/cases/decide-case.js';
import { OpenCase } from '../../application/operator/cases/open-case.js';
import { ReportRecipe } from '../../application/operator/cases/report-recipe.js';
import { ShowCases } from '../../application/operator/cases/show-cases.js';
import { ConfirmEnd } from '../../application/operator/confirm-end.js';
import { ConfirmPromo } from '../../application/operator/confirm-promo.js';
import { FindJob } from '../../application/operator/find-job.js';
import { KeepIntent } from '../../application/operator/keep-intent.js';
import { ListActs } from '../../application/operator/list-acts.js';
import { ListTroubles } from '../../application/operator/list-troubles.js';
import { ListWaitingPayments } from '../../application/operator/payments/list-waiting-payments.js';
import { SettlePayment } from '../../application/operator/payments/settle-payment.js';
import { StopRefund } from '../../application/operator/payments/stop-refund.js';
import { BlockPerson } from '../../application/operator/people/block-person.js';
import { ConfirmAct } from '../../application/operator/people/confirm-act.js';
import { DescribePerson } from '../../application/operator/people/describe-person.js';
import { FindPeople } from '../../application/operator/people/find-people.js';
import { ListPersonJobs } from '../../application/operator/people/list-person-jobs.js';
import { MessagePerson } from '../../application/operator/people/message-person.js';
import { ReturnPayment } from '../../application/operator/people/return-payment.js';
import { TakeBackCredits } from '../../application/operator/people/take-back-credits.js';
import { UnblockPerson } from '../../application/operator/people/unblock-person.js';

import { PlotNumbers } from '../../application/operator/plot-numbers.js';
import { ConfirmReset } from '../../application/operator/quotas/confirm-reset.js';
import { LimitPictures } from '../../application/operator/quotas/limit-pictures.js';
import { ResetBudget } from '../../application/operator/quotas/reset-budget.js';
import { ReportNumbers } from '../../application/operator/report-numbers.js';
import { ShowJob } from '../../application/operator/show-job.js';
import { CancelSubscription } from '../../application/payments/cancel-subscription.js';
import { CreatePromo } from '../../application/payments/create-promo.js';
import { DescribeMonths } from '../../application/payments/describe-months.js';
import { EndPromo } from '../../application/payments/end-promo.js';
import { RefundPayment } from '../../application/payments/refund-payment.js';
import { build } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** What the operator asks and does, by whichever way. */
export const operatorModule = new ContainerModule(({ bind }) => {
  build(bind, ShowJob, parts('database'));
  build(bind, ReportRecipe, parts('database', 'clock', 'ids', 'log'));
  build(bind, ShowCases, parts('database'));
  build(bind, OpenCase, parts('database', 'clock'));
  build(bind, FindJob, parts('database'));
  build(bind, AppealBlock, parts('database', 'clock', 'ids', 'log'));
  build(bind, ListActs, parts('database'));
  build(bind, KeepIntent, parts('database', 'clock', 'ids'));
  build(bind, AskProvider, parts('providerCheck'));
  build(bind, ListTroubles, parts('database', 'stats', 'policy', 'clock'));
  build(bind, ReportNumbers, parts('database', 'clock'));
  build(bind, AskForAccess, parts('database', 'clock', 'policy'));
  build(bind, DecideAccess, parts('database', 'clock', 'policy'));
  build(bind, MakeAccessLink, parts('database', 'clock', 'secureBytes'));
  build(bind, EndAccessLink, parts('database', 'clock'));
  build(bind, OpenToAll, parts('database', 'clock'));
  build(bind, PlotNumbers, parts('database', 'clock', 'numbersPlot'));
  build(bind, ConfirmPromo, { ...parts('database', 'clock'), createPromo: CreatePromo });
  build(bind, ConfirmEnd, {
    ...parts('database', 'clock'),
    endPromo: EndPromo,
    endAccessLink: EndAccessLink,
  });
  build(bind, FindPeople, parts('database'));
  build(bind, DescribePerson, {
    ...parts('database', 'clock', 'policy'),
    describeMonths: DescribeMonths,
  });
  build(bind, ListPersonJobs, parts('database'));
  build(bind, UnblockPerson, parts('database', 'clock'));
  build(bind, TakeBackCredits, parts('database', 'clock', 'ids'));
  build(bind, NoteReachable, parts('database', 'clock'));
  build(bind, PrepareBroadcast, parts('database', 'clock', 'ids', 'policy'));
  build(bind, StartBroadcast, parts('database', 'clock', 'ids', 'policy'));
  build(bind, StopBroadcast, parts('database', 'clock'));
  build(bind, ListWaitingPayments, parts('database', 'clock'));
  build(bind, SettlePayment, parts('database', 'clock'));
  build(bind, ResetBudget, parts('database', 'clock'));
  build(bind, ConfirmReset, { ...parts('database', 'clock'), resetBudget: ResetBudget });
  build(bind, LimitPictures, parts('database', 'clock'));
});

/** What the operator does with people and their money by way of Telegram: only where there is one. */
export const operatorInTelegramModule = new ContainerModule(({ bind }) => {
  build(bind, DecideCase, {
    ...parts('database', 'clock'),
    blockPerson: BlockPerson,
    unblockPerson: UnblockPerson,
  });
  build(bind, ConfirmCaseBlock, { ...parts('database', 'clock'), decideCase: DecideCase });
  build(bind, MessagePerson, parts('database', 'clock', 'messenger'));
  build(bind, ReturnPayment, { ...parts('database', 'clock'), refundPayment: RefundPayment });
  build(bind, StopRefund, { ...parts('database', 'clock'), refundPayment: RefundPayment });
  build(bind, BlockPerson, { ...parts('database', 'clock', 'log'), cancelSubscription: CancelSubscription });
  build(bind, ConfirmAct, {
    ...parts('database', 'clock', 'messenger'),
    grantCredits: GrantCredits,
    takeBackCredits: TakeBackCredits,
    returnPayment: ReturnPayment,
    refundPayment: RefundPayment,
    settlePayment: SettlePayment,
    stopRefund: StopRefund,
    messagePerson: MessagePerson,
    blockPerson: BlockPerson,
  });
  build(bind, SendBroadcasts, {
    ...parts('database', 'clock', 'log', 'policy', 'worker', 'sleep'),
    channel: s.broadcastChannel,
  });
  bind(s.hosted).toService(SendBroadcasts);
});
