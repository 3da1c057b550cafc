import type { ReadyAvatar } from '../../domain/avatar/avatar.js';
import type { Refusal, RefusalCode } from '../../domain/errors.js';
import { isPresetName, type PresetName } from '../../domain/generation/preset.js';
import { presetsFor } from '../../domain/generation/routing.js';
import { cut } from '../../domain/text/cut-text.js';
import { askAccessButton } from './buttons/access-buttons.js';
import { adminButton } from './buttons/admin-buttons.js';
import { openKeysButton } from './buttons/api-key-buttons.js';
import { draftsButton, newAvatarButton } from './buttons/avatar-buttons.js';
import { asMain } from './buttons/button-kind.js';
import { openOffersButton } from './buttons/payment-buttons.js';
import { makeOfWordsButton } from './buttons/question-buttons.js';
import * as open from './buttons/start-buttons.js';
import { chooseInsteadButton } from './buttons/way-out-buttons.js';
import type { Keyboard } from './replies.js';
import { isLink } from './wording/contact.js';
import { pricedShort } from './wording/price-label.js';
import type { Translator } from './wording/translator.js';

/** What is known of the person whose request was refused. */
export interface Refused {
  /** Their usable avatars. */
  readonly avatars: readonly ReadyAvatar[];
  /** Credits that the refused words cost as a picture; `null` when no words were refused. */
  readonly price: number | null;
  /** Where people reach the operator. */
  readonly contact: string | null;
  /** Credits are sold here. */
  readonly isSelling: boolean;
  /** There is an operator who can let people in. */
  readonly canAsk: boolean;
}

type WayOut<Code extends RefusalCode> = (
  refusal: Extract<Refusal, { code: Code }>,
  refused: Refused,
  texts: Translator,
) => Keyboard;

/** More avatars than these are chosen from the list of all. */
const avatarsOffered = 3;

/** Better pictures first: whoever asked for a preset that does not work wanted a good one. */
const substitutes: readonly PresetName[] = ['quality', 'balanced'];

const makeAvatar = (texts: Translator) => [newAvatarButton.button(texts.plain('button-make-avatar'), {})];
const drafts = (texts: Translator) => [draftsButton.button(texts.plain('button-my-photos'), {})];
const avatars = (texts: Translator) => [
  open.openAvatarsButton.button(texts.plain('button-open-avatars'), {}),
];
const help = (texts: Translator) => [open.openHelpButton.button(texts.plain('button-open-help'), {})];
const balance = (texts: Translator) => [
  open.openBalanceButton.button(texts.plain('button-open-balance'), {}),
];
const picture = (texts: Translator) => [open.openGenerateButton.button(texts.plain('button-use-avatar'), {})];
const gallery = (texts: Translator) => [
  open.openGalleryButton.button(texts.plain('button-open-gallery'), {}),
];

/** Whoever sent a file of weights that is of no use. */
export const afterWeights = (texts: Translator): Keyboard => [avatars(texts), help(texts)];

/** Where credits come from: from the till where there is one, else from the operator. */
const moreCredits = ({ isSelling, contact }: Refused, texts: Translator): Keyboard =>
  isSelling ? [[asMain(openOffersButton.button(texts.plain('button-buy'), {}))]] : askForHelp(contact, texts);

const askForHelp = (contact: string | null, texts: Translator): Keyboard =>
  contact !== null && isLink(contact) ? [[{ text: texts.plain('button-more-credits'), url: contact }]] : [];

/** Whoever may not come in finds every other door closed. */
const askToComeIn = ({ canAsk }: Refused, texts: Translator): Keyboard =>
  canAsk ? [[asMain(askAccessButton.button(texts.plain('button-ask-access'), {}))]] : [];

/** The same words once more, with the price. */
const tryAgain = ({ price }: Refused, texts: Translator): Keyboard =>
  price === null
    ? [picture(texts)]
    : [
        [
          makeOfWordsButton.button(pricedShort(texts.plain('button-once-more'), price, texts), {
            credits: price,
          }),
        ],
        picture(texts),
      ];

const withAvatars = (usable: readonly ReadyAvatar[], texts: Translator): Keyboard =>
  usable.slice(0, avatarsOffered).map(({ id, name }) => [
    chooseInsteadButton.button(texts.plain('button-with-avatar', { name: cut(name, 30) }), {
      preset: null,
      avatar: id,
    }),
  ]);

/** For each refusal the buttons that mend it, the best one first. */
const waysOut: { readonly [Code in RefusalCode]: WayOut<Code> } = {
  invalid_input: (_, __, texts) => [
    [chooseInsteadButton.button(texts.plain('button-choose-instead'), { preset: null, avatar: null })],
  ],
  avatar_not_found: (_, refused, texts) => [...withAvatars(refused.avatars, texts), avatars(texts)],
  avatar_ambiguous: (_, refused, texts) => [...withAvatars(refused.avatars, texts), avatars(texts)],
  avatar_not_ready: ({ status }, refused, texts) => [
    ...(status === 'training' ? [] : [drafts(texts)]),
    ...withAvatars(refused.avatars, texts),
    avatars(texts),
  ],
  no_avatar: (_, __, texts) => [makeAvatar(texts), help(texts)],
  preset_not_available: ({ preset, available }, refused, texts) => {
    if (available.length === 0) return tryAgain(refused, texts);
    const takes = ({ model }: ReadyAvatar) => isPresetName(preset) && presetsFor(model).includes(preset);
    const instead = [...substitutes, ...available.filter(isPresetName)].find((each) =>
      available.includes(each),
    );
    return [
      ...withAvatars(refused.avatars.filter(takes), texts),
      ...(instead === undefined
        ? []
        : [
            [
              chooseInsteadButton.button(
                texts.plain('button-preset-instead', { preset: texts.plain(`preset-${instead}`) }),
                { preset: instead, avatar: null },
              ),
            ],
          ]),
      picture(texts),
    ];
  },
  insufficient_credits: (_, refused, texts) => [...moreCredits(refused, texts), balance(texts)],
  too_many_credits: (_, __, texts) => [balance(texts)],
  offer_gone: (_, refused, texts) => [...moreCredits(refused, texts), balance(texts)],
  promo_refused: (_, __, texts) => [balance(texts)],
  promo_waits: (_, refused, texts) => [...moreCredits(refused, texts), balance(texts)],
  subscribed: (_, __, texts) => [balance(texts)],
  not_refundable: (_, { contact }, texts) => [...askForHelp(contact, texts), balance(texts)],
  price_changed: (_, __, texts) => [balance(texts)],
  too_many_keys: (_, __, texts) => [[openKeysButton.button(texts.plain('button-my-keys'), {})]],
  too_many_waiting: (_, refused, texts) => tryAgain(refused, texts),
  too_many_webhooks: (_, __, texts) => [help(texts)],
  webhook_off: (_, __, texts) => [help(texts)],
  allowance_spent: ({ kind }, _, texts) =>
    kind === 'drafts' || kind === 'upload_bytes'
      ? [drafts(texts)]
      : kind === 'lora_files'
        ? [avatars(texts)]
        : kind === 'promo_codes'
          ? [balance(texts)]
          : [picture(texts)],
  pictures_spent: (_, __, texts) => [[...gallery(texts), ...avatars(texts)]],
  budget_spent: (_, __, texts) => [[...gallery(texts), ...avatars(texts)]],
  away_now: (_, refused, texts) => tryAgain(refused, texts),
  not_found: (_, __, texts) => [picture(texts), [...gallery(texts), ...avatars(texts)]],
  // Every door is closed but those that the sentence names.
  person_blocked: () => [],
  decided_before: (_, __, texts) => [[adminButton.button(texts.plain('button-admin'), {})]],
  intent_over: (_, __, texts) => [[adminButton.button(texts.plain('button-admin'), {})]],
  not_allowed: (_, refused, texts) => askToComeIn(refused, texts),
  link_refused: (_, refused, texts) => askToComeIn(refused, texts),
  photos_wait: (_, __, texts) => [drafts(texts)],
  photos_refused: (_, __, texts) => [drafts(texts)],
  consent_required: (_, __, texts) => [drafts(texts)],
  not_enough_photos: (_, __, texts) => [drafts(texts)],
  too_many_photos: (_, __, texts) => [drafts(texts)],
  photo_gone: (_, __, texts) => [drafts(texts)],
  archive_refused: (_, __, texts) => [drafts(texts)],
  weights_refused: (_, __, texts) => afterWeights(texts),
  weights_foreign: (_, __, texts) => afterWeights(texts),
  recipe_hidden: (_, __, texts) => [picture(texts)],
  words_doubted: (_, __, texts) => [picture(texts)],
  words_refused: (_, __, texts) => [picture(texts)],
  wrong_state: (_, __, texts) => [[...gallery(texts), ...avatars(texts)]],
};

export const waysOutOf = <Code extends RefusalCode>(
  refusal: Extract<Refusal, { code: Code }>,
  refused: Refused,
  texts: Translator,
): Keyboard => waysOut[refusal.code as Code](refusal, refused, texts);

/** Refusals after which the same words may be made at their price. */
export const needsPrice: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'preset_not_available',
  'too_many_waiting',
  'away_now',
]);

/** Refusals that a look at the person's avatars helps to mend. */
export const needsAvatars: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'avatar_not_found',
  'avatar_ambiguous',
  'avatar_not_ready',
  'preset_not_available',
]);
