import type { ActsPage } from '../../../../application/operator/list-acts.js';
import type { ActDetails, ActKind, KeptAct } from '../../../../domain/operator/act.js';
import type { Feature } from '../../bot-services.js';
import { actsButton } from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { type Screen, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { jobName } from '../../wording/job-name.js';
import { promoGives } from '../../wording/promo-gives.js';
import type { Translator } from '../../wording/translator.js';
import { type AdminArea, backToAdmin } from './admin-area.js';

const actsAtOnce = 10;

/** What operators did, newest first. */
export const actsArea: AdminArea = {
  opener: (texts) => actsButton.button(texts.plain('button-acts'), { before: null }),
  feature: (operators, services) => actsFeature(operators, services),
};

const actsFeature: Feature = (operators, { listActs }) => {
  onButton(operators, actsButton, async (context, { before }) => {
    const page = await listActs.execute({ limit: actsAtOnce, before: before ?? undefined });
    const { text, keyboard } = screenOf(page, before, context.user.texts);
    await show(context, text, keyboard);
  });
};

function screenOf({ acts, next }: ActsPage, before: number | null, texts: Translator): Screen {
  const toNewest = before !== null && actsButton.button(texts.plain('button-acts-newest'), { before: null });
  const toOlder = next !== null && actsButton.button(texts.plain('button-acts-older'), { before: next });
  const lines = acts.length === 0 ? [texts.html('acts-none')] : acts.map((act) => lineOf(act, texts));
  return {
    text: Html.join([texts.html('acts-title'), ...lines], '\n\n'),
    keyboard: [[toNewest, toOlder].filter((button) => button !== false), backToAdmin(texts)],
  };
}

function lineOf({ at, admin, act, subject, why, details }: KeptAct, texts: Translator): Html {
  const wording: (details: never, texts: Translator) => Html = wordings[act];
  const line = { at, who: admin, what: wording(details as never, texts) };
  return Html.join([
    subject === null ? texts.html('act-line', line) : texts.html('act-line-to', { ...line, subject }),
    why !== null && texts.html('act-why', { why }),
  ]);
}

const creditsIn = (count: number, texts: Translator) => texts.html('count-credits', { count });

/** What each kind of act is called, with what is kept of it. */
const wordings: { readonly [Kind in ActKind]: (details: ActDetails[Kind], texts: Translator) => Html } = {
  grant: ({ credits }, texts) => texts.html('act-grant', { credits: creditsIn(credits, texts) }),
  'take-back': ({ credits }, texts) => texts.html('act-take-back', { credits: creditsIn(credits, texts) }),
  refund: ({ stars, credits }, texts) =>
    texts.html('act-refund', { stars, credits: creditsIn(credits, texts) }),
  'refund-stop': ({ stars, credits }, texts) =>
    texts.html('act-refund-stop', { stars, credits: creditsIn(credits, texts) }),
  'payment-settle': ({ stars, credits }, texts) =>
    texts.html('act-payment-settle', { stars, credits: creditsIn(credits, texts) }),
  block: (_, texts) => texts.html('act-block'),
  unblock: (_, texts) => texts.html('act-unblock'),
  message: (_, texts) => texts.html('act-message'),
  broadcast: ({ people }, texts) => texts.html('act-broadcast', { people }),
  'broadcast-stop': ({ left }, texts) => texts.html('act-broadcast-stop', { left }),
  'promo-create': ({ code, ...gift }, texts) =>
    texts.html('act-promo-create', { code, credits: promoGives(gift, texts) }),
  'case-open': ({ about }, texts) => texts.html(`act-case-open-${about}`),
  'case-decide': ({ decision, category }, texts) =>
    Html.join(
      [
        texts.html(`act-case-${decision}`),
        category !== null && texts.html('act-case-category', { about: texts.plain(`report-${category}`) }),
      ],
      ' · ',
    ),
  'promo-end': ({ code }, texts) => texts.html('act-promo-end', { code }),
  access: ({ decision }, texts) => texts.html(`act-access-${decision}`),
  'access-link': ({ code, uses }, texts) => texts.html('act-access-link', { code, uses }),
  'access-link-end': ({ code }, texts) => texts.html('act-access-link-end', { code }),
  'budget-reset': (_, texts) => texts.html('act-budget-reset'),
  'picture-limit': ({ pictures }, texts) =>
    pictures === null
      ? texts.html('act-picture-limit-usual')
      : texts.html('act-picture-limit', { count: pictures }),
  'access-open': (_, texts) => texts.html('act-access-open'),
  'job-replay': ({ job, credits }, texts) =>
    texts.html('act-job-replay', { job: jobName(job, texts), credits: creditsIn(credits, texts) }),
  'job-give-back': ({ job, credits }, texts) =>
    texts.html('act-job-give-back', { job: jobName(job, texts), credits: creditsIn(credits, texts) }),
  'endpoint-restore': ({ endpoint }, texts) => texts.html('act-endpoint-restore', { endpoint }),
};
