import { AdmitUser } from '../../application/account/admit-user.js';
import { ChangePreferences } from '../../application/account/change-preferences.js';
import { CreateApiKey } from '../../application/account/keys/create-api-key.js';
import { RevokeApiKey } from '../../application/account/keys/revoke-api-key.js';
import { ChooseFace } from '../../application/avatars/choose-face.js';
import { LoraFiles } from '../../application/avatars/lora-files.js';
import { AddPhotos } from '../../application/avatars/photos/add-photos.js';
import { AdmitPhotos } from '../../application/avatars/photos/admit-photos.js';
import { SortPhotos } from '../../application/avatars/photos/sort-photos.js';
import { StartDraft } from '../../application/avatars/start-draft.js';
import { UpdateAvatar } from '../../application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../application/avatars/update-avatar-draft.js';
import { AskFirst } from '../../application/composer/ask-first.js';
import { DescribeForm } from '../../application/composer/describe-form.js';
import { DescribePhoto } from '../../application/composer/describe-photo.js';
import { EditForm } from '../../application/composer/edit-form.js';
import { FillForm } from '../../application/composer/fill-form.js';
import { ImprovePrompt } from '../../application/composer/improve-prompt.js';
import { ListPresets } from '../../application/composer/list-presets.js';
import { OpenForm } from '../../application/composer/open-form.js';
import { QuoteRequest } from '../../application/composer/quote-request.js';
import { ShareRecipe } from '../../application/composer/share-recipe.js';
import { SubmitForm } from '../../application/composer/submit-form.js';
import { BrowseGallery } from '../../application/gallery/browse-gallery.js';
import { ChangeImage } from '../../application/gallery/change-image.js';
import { ChangeImages } from '../../application/gallery/change-images.js';
import { DescribeGeneration } from '../../application/gallery/describe-generation.js';
import { ListImages } from '../../application/gallery/list-images.js';
import { CancelGeneration } from '../../application/generation/cancel-generation.js';
import { RepeatGeneration } from '../../application/generation/repeats/repeat-generation.js';
import { RequestVariation } from '../../application/generation/repeats/request-variation.js';
import { TakeAnotherAvatar } from '../../application/generation/repeats/take-another-avatar.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { RequestUpscale } from '../../application/generation/request-upscale.js';
import { AskForAccess } from '../../application/operator/access/ask-for-access.js';
import { DecideAccess } from '../../application/operator/access/decide-access.js';
import { MakeAccessLink } from '../../application/operator/access/make-access-link.js';
import { OpenToAll } from '../../application/operator/access/open-to-all.js';
import { AskProvider } from '../../application/operator/ask-provider.js';
import { NoteReachable } from '../../application/operator/broadcasts/note-reachable.js';
import { PrepareBroadcast } from '../../application/operator/broadcasts/prepare-broadcast.js';
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
import { ConfirmAct } from '../../application/operator/people/confirm-act.js';
import { DescribePerson } from '../../application/operator/people/describe-person.js';
import { FindPeople } from '../../application/operator/people/find-people.js';
import { ListPersonJobs } from '../../application/operator/people/list-person-jobs.js';
import { UnblockPerson } from '../../application/operator/people/unblock-person.js';
import { PlotNumbers } from '../../application/operator/plot-numbers.js';
import { ConfirmReset } from '../../application/operator/quotas/confirm-reset.js';
import { LimitPictures } from '../../application/operator/quotas/limit-pictures.js';
import { ResetBudget } from '../../application/operator/quotas/reset-budget.js';
import { ReportNumbers } from '../../application/operator/report-numbers.js';
import { ShowJob } from '../../application/operator/show-job.js';
import { BookPayment } from '../../application/payments/book-payment.js';
import { BookRefund } from '../../application/payments/book-refund.js';
import { CancelSubscription } from '../../application/payments/cancel-subscription.js';
import { CheckCheckout } from '../../application/payments/check-checkout.js';
import { DescribeMonths } from '../../application/payments/describe-months.js';
import { NoteSubscription } from '../../application/payments/note-subscription.js';
import { RedeemPromo } from '../../application/payments/redeem-promo.js';
import { RefundPayment } from '../../application/payments/refund-payment.js';
import { TellMoney } from '../../application/payments/tell-money.js';
import { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../application/personal-data/delete-user.js';
import { ExportUserData } from '../../application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../application/personal-data/stored-data.js';
import { CancelTraining } from '../../application/training/cancel-training.js';
import { RequestTraining } from '../../application/training/request-training.js';
import { ShowProof } from '../../application/training/show-proof.js';
import { ConfirmJobAct } from '../../application/upkeep/confirm-job-act.js';
import { ListDeadLetters } from '../../application/upkeep/list-dead-letters.js';
import { RestoreEndpoint } from '../../application/upkeep/restore-endpoint.js';

/** The use cases that the bot offers, by the names its features use. */
export const telegramUseCases = {
  admitUser: AdmitUser,
  changePreferences: ChangePreferences,
  createApiKey: CreateApiKey,
  revokeApiKey: RevokeApiKey,
  checkCheckout: CheckCheckout,
  bookPayment: BookPayment,
  bookRefund: BookRefund,
  tellMoney: TellMoney,
  refundPayment: RefundPayment,
  redeemPromo: RedeemPromo,
  noteSubscription: NoteSubscription,
  describeMonths: DescribeMonths,
  cancelSubscription: CancelSubscription,
  reportNumbers: ReportNumbers,
  noteReachable: NoteReachable,
  prepareBroadcast: PrepareBroadcast,
  startBroadcast: StartBroadcast,
  stopBroadcast: StopBroadcast,
  listActs: ListActs,
  askForAccess: AskForAccess,
  decideAccess: DecideAccess,
  makeAccessLink: MakeAccessLink,
  plotNumbers: PlotNumbers,
  findPeople: FindPeople,
  describePerson: DescribePerson,
  listPersonJobs: ListPersonJobs,
  keepIntent: KeepIntent,
  confirmAct: ConfirmAct,
  confirmPromo: ConfirmPromo,
  confirmEnd: ConfirmEnd,
  unblockPerson: UnblockPerson,
  listTroubles: ListTroubles,
  listWaitingPayments: ListWaitingPayments,
  listDeadLetters: ListDeadLetters,
  confirmJobAct: ConfirmJobAct,
  showJob: ShowJob,
  findJob: FindJob,
  restoreEndpoint: RestoreEndpoint,
  askProvider: AskProvider,
  resetBudget: ResetBudget,
  confirmReset: ConfirmReset,
  openToAll: OpenToAll,
  limitPictures: LimitPictures,
  requestGeneration: RequestGeneration,
  repeatGeneration: RepeatGeneration,
  describeGeneration: DescribeGeneration,
  cancelGeneration: CancelGeneration,
  requestUpscale: RequestUpscale,
  requestVariation: RequestVariation,
  takeAnotherAvatar: TakeAnotherAvatar,
  askFirst: AskFirst,
  quoteRequest: QuoteRequest,
  openForm: OpenForm,
  editForm: EditForm,
  describeForm: DescribeForm,
  fillForm: FillForm,
  improvePrompt: ImprovePrompt,
  describePhoto: DescribePhoto,
  listPresets: ListPresets,
  submitForm: SubmitForm,
  shareRecipe: ShareRecipe,
  reportRecipe: ReportRecipe,
  appealBlock: AppealBlock,
  showCases: ShowCases,
  openCase: OpenCase,
  decideCase: DecideCase,
  confirmCaseBlock: ConfirmCaseBlock,
  browseGallery: BrowseGallery,
  listImages: ListImages,
  changeImage: ChangeImage,
  changeImages: ChangeImages,
  startDraft: StartDraft,
  updateAvatarDraft: UpdateAvatarDraft,
  admitPhotos: AdmitPhotos,
  addPhotos: AddPhotos,
  sortPhotos: SortPhotos,
  chooseFace: ChooseFace,
  requestTraining: RequestTraining,
  cancelTraining: CancelTraining,
  showProof: ShowProof,
  updateAvatar: UpdateAvatar,
  deleteAvatar: DeleteAvatar,
  loraFiles: LoraFiles,
  describeStoredData: DescribeStoredData,
  exportUserData: ExportUserData,
  deleteUser: DeleteUser,
};

export type TelegramUseCases = {
  readonly [Name in keyof typeof telegramUseCases]: InstanceType<(typeof telegramUseCases)[Name]>;
};
