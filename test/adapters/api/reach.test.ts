import { expect, it } from 'vitest';
import type { ApiServices } from '../../../src/adapters/api/api-services.js';
import { type TelegramUseCases, telegramUseCases } from '../../../src/adapters/telegram/use-cases.js';

type Elsewhere = Exclude<keyof TelegramUseCases, keyof ApiServices>;

const chat = 'a conversation: forms, questions, cards and menus, which a program does not need';
const operators = 'operators act in the chat and by commands; a key alone is not enough';
const stars = 'Telegram takes the payments';
const personal = 'whoever finds a key must not take or delete everything that is kept of a person';

/** What the chat can and programs cannot, and why. It does not compile with one too many or too few. */
const elsewhere: Readonly<Record<Elsewhere, string>> = {
  admitUser: 'a key is made by somebody who is in',
  createApiKey: 'a key must not make another one',
  revokeApiKey: 'whoever finds a key must not lock its owner out',
  changePreferences: 'only the chat has preferences; an order says everything itself',
  updateAvatar: 'ChangeAvatar does all of it at once',
  requestTraining: 'OrderTraining says and declares in one step',
  updateAvatarDraft: 'OrderTraining says and declares in one step',
  addPhotos: 'SendPhotos takes files and archives in one step',
  admitPhotos: 'SendPhotos takes files and archives in one step',
  browseGallery: 'ListImages does it, without the numbers of pages',
  describeGeneration: 'GET /v1/generations/{id} reads it',
  listPresets: 'DescribePresets tells more of them',
  describeMonths: 'DescribeAccount tells of them, too',
  takeAnotherAvatar: 'an order names its avatar',
  changeImages: 'ChangeImage, for one after the other',
  loraFiles: 'weights from outside are an act of trust, made in the chat',
  appealBlock: 'a person who was blocked has no way in by a key',
  shareRecipe: chat,
  reportRecipe: chat,
  askFirst: chat,
  quoteRequest: chat,
  openForm: chat,
  editForm: chat,
  describeForm: chat,
  fillForm: chat,
  submitForm: chat,
  improvePrompt: chat,
  describePhoto: chat,
  askForAccess: chat,
  noteReachable: chat,
  keepIntent: chat,
  checkCheckout: stars,
  bookPayment: stars,
  bookRefund: stars,
  tellMoney: stars,
  refundPayment: stars,
  redeemPromo: stars,
  noteSubscription: stars,
  cancelSubscription: stars,
  describeStoredData: personal,
  exportUserData: personal,
  deleteUser: personal,
  reportNumbers: operators,
  prepareBroadcast: operators,
  startBroadcast: operators,
  stopBroadcast: operators,
  listActs: operators,
  decideAccess: operators,
  makeAccessLink: operators,
  plotNumbers: operators,
  findPeople: operators,
  describePerson: operators,
  listPersonJobs: operators,
  confirmAct: operators,
  confirmPromo: operators,
  confirmEnd: operators,
  unblockPerson: operators,
  listTroubles: operators,
  listWaitingPayments: operators,
  listDeadLetters: operators,
  confirmJobAct: operators,
  showJob: operators,
  findJob: operators,
  restoreEndpoint: operators,
  askProvider: operators,
  resetBudget: operators,
  confirmReset: operators,
  openToAll: operators,
  limitPictures: operators,
  showCases: operators,
  openCase: operators,
  decideCase: operators,
  confirmCaseBlock: operators,
};

it('does what the chat does, or says why not', () => {
  const names = Object.keys(telegramUseCases);
  expect(names).toEqual(expect.arrayContaining(Object.keys(elsewhere)));
  expect(names.filter((name) => !(name in elsewhere)).sort()).toEqual([
    'cancelGeneration',
    'cancelTraining',
    'changeImage',
    'chooseFace',
    'deleteAvatar',
    'listImages',
    'repeatGeneration',
    'requestGeneration',
    'requestUpscale',
    'requestVariation',
    'showProof',
    'sortPhotos',
    'startDraft',
  ]);
});
