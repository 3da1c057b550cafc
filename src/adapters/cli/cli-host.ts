import type { GrantCredits } from '../../application/account/grant-credits.js';
import type { CreateApiKey } from '../../application/account/keys/create-api-key.js';
import type { RevokeApiKey } from '../../application/account/keys/revoke-api-key.js';
import type { AddAvatar } from '../../application/avatars/add-avatar.js';
import type { ImportAvatars } from '../../application/avatars/import-avatars.js';
import type { ReplayGeneration } from '../../application/generation/replay-generation.js';
import type { DecideAccess } from '../../application/operator/access/decide-access.js';
import type { EndAccessLink } from '../../application/operator/access/end-access-link.js';
import type { MakeAccessLink } from '../../application/operator/access/make-access-link.js';
import type { OpenToAll } from '../../application/operator/access/open-to-all.js';
import type { StopBroadcast } from '../../application/operator/broadcasts/stop-broadcast.js';
import type { DecideCase } from '../../application/operator/cases/decide-case.js';
import type { OpenCase } from '../../application/operator/cases/open-case.js';
import type { ShowCases } from '../../application/operator/cases/show-cases.js';
import type { ListActs } from '../../application/operator/list-acts.js';
import type { ListWaitingPayments } from '../../application/operator/payments/list-waiting-payments.js';
import type { SettlePayment } from '../../application/operator/payments/settle-payment.js';
import type { StopRefund } from '../../application/operator/payments/stop-refund.js';
import type { BlockPerson } from '../../application/operator/people/block-person.js';
import type { DescribePerson } from '../../application/operator/people/describe-person.js';
import type { FindPeople } from '../../application/operator/people/find-people.js';
import type { MessagePerson } from '../../application/operator/people/message-person.js';
import type { ReturnPayment } from '../../application/operator/people/return-payment.js';
import type { TakeBackCredits } from '../../application/operator/people/take-back-credits.js';
import type { UnblockPerson } from '../../application/operator/people/unblock-person.js';
import type { LimitPictures } from '../../application/operator/quotas/limit-pictures.js';
import type { ResetBudget } from '../../application/operator/quotas/reset-budget.js';
import type { ReportNumbers } from '../../application/operator/report-numbers.js';
import type { ShowJob } from '../../application/operator/show-job.js';
import type { CreatePromo } from '../../application/payments/create-promo.js';
import type { EndPromo } from '../../application/payments/end-promo.js';
import type { Policy } from '../../application/policy/policy.js';
import type { LegacyAvatars } from '../../application/ports/legacy-avatars.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import type { CaseChannel } from '../../application/ports/operator/case-channel.js';
import type { Progress } from '../../application/ports/stores/generation-store.js';
import type { WayInDatabase } from '../../application/ports/stores/way-in-database.js';
import type { RetryTraining } from '../../application/training/retry-training.js';
import type { CopyMedia } from '../../application/upkeep/copy-media.js';
import type { GiveBackJob } from '../../application/upkeep/give-back-job.js';
import type { RestoreEndpoint } from '../../application/upkeep/restore-endpoint.js';
import type { Failure } from '../../domain/failure.js';
import type { GenerationConfig } from '../../domain/generation/generation-config.js';
import type { StandIns } from './stand-ins.js';

/** What the commands ask the program for. Opened at the first need, closed when the command is over. */
export interface CliServices {
  readonly database: WayInDatabase;
  readonly addAvatar: AddAvatar;
  readonly importAvatars: ImportAvatars;
  readonly grantCredits: GrantCredits;
  readonly createPromo: CreatePromo;
  readonly endPromo: EndPromo;
  readonly reportNumbers: ReportNumbers;
  readonly listActs: ListActs;
  readonly createApiKey: CreateApiKey;
  readonly revokeApiKey: RevokeApiKey;
  readonly findPeople: FindPeople;
  readonly describePerson: DescribePerson;
  readonly takeBackCredits: TakeBackCredits;
  readonly unblockPerson: UnblockPerson;
  /** These five only for what `talks`. */
  readonly blockPerson: BlockPerson | undefined;
  readonly returnPayment: ReturnPayment | undefined;
  readonly messagePerson: MessagePerson | undefined;
  readonly caseChannel: CaseChannel | undefined;
  readonly stopRefund: StopRefund | undefined;
  readonly listWaitingPayments: ListWaitingPayments;
  readonly settlePayment: SettlePayment;
  readonly decideAccess: DecideAccess;
  readonly makeAccessLink: MakeAccessLink;
  readonly endAccessLink: EndAccessLink;
  readonly openToAll: OpenToAll;
  readonly resetBudget: ResetBudget;
  readonly limitPictures: LimitPictures;
  readonly policy: Pick<Policy, 'quotas'>;
  readonly replayGeneration: ReplayGeneration;
  readonly retryTraining: RetryTraining;
  readonly restoreEndpoint: RestoreEndpoint;
  readonly giveBackJob: GiveBackJob;
  readonly showJob: ShowJob;
  readonly stopBroadcast: StopBroadcast;
  readonly showCases: ShowCases;
  readonly openCase: OpenCase;
  /** Only for what `talks`. */
  readonly decideCase: DecideCase | undefined;
  readonly media: Pick<MediaStore, 'bytes'>;
  readonly copyMedia: CopyMedia;
}

export interface MadeImages {
  readonly id: string;
  readonly status: string;
  readonly endpoint: string;
  readonly prompt: string;
  readonly seed: string | null;
  readonly images: ReadonlyArray<{ width: number; height: number; contentType: string; data: Buffer }>;
  readonly credits: number;
  readonly milliseconds: number;
  readonly failure?: Failure | undefined;
}

/** One thing `doctor` looked at. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  /** It works, and should be looked at all the same. */
  readonly isWarning?: boolean | undefined;
  readonly detail: string;
  /** How to mend it, when it is not well. */
  readonly advice?: string | undefined;
}

export interface CliHost {
  /** Results. */
  out(text: string): void;
  /** Progress and remarks. */
  err(text: string): void;
  /** Whether `err` goes to a terminal that a person watches. */
  readonly isTerminal: boolean;
  /** Whom commands mean when no owner is named; null when one must be told by other means. */
  readonly localUser: string | null;
  /**
   * @param purpose what `reads` needs an installation that is there, and so does what `talks` to Telegram. What `changes` may make one where the settings
   *   name a place for it, or with `isNew` (`--new`): in the wrong folder it would write where nobody ever looks.
   * @throws NoInstallation
   */
  services(purpose: 'reads' | 'changes' | 'talks', isNew?: boolean): Promise<CliServices>;
  /** Address of the old system's database, where the settings name one. */
  readonly oldDatabaseUrl: string | null;
  /** The old system's database behind an address of PostgreSQL. */
  legacyAvatars(url: string): LegacyAvatars;
  generate(request: {
    avatar?: string | undefined;
    owner?: string | undefined;
    prompt: string;
    config: GenerationConfig;
    onProgress: (progress: Progress) => void;
  }): Promise<MadeImages>;
  /** Endpoints that fal takes no jobs for, or why that is not known here. Nothing is made for the question. */
  retiredEndpoints(): Promise<{ readonly endpoints: ReadonlySet<string>; readonly trouble: string | null }>;
  /** @param full also what grows with every picture is looked at whole; default: the latest of it */
  diagnose(full?: boolean): Promise<readonly Finding[]>;
  /** Runs the service until it is told to stop. */
  serve(): Promise<void>;
  readonly standIns: StandIns;
}
