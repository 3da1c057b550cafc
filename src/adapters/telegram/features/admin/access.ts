import type { Decision } from '../../../../application/operator/access/decide-access.js';
import { DomainError } from '../../../../domain/errors.js';
import type { UserId } from '../../../../domain/ids.js';
import {
  type AccessLink,
  type Admission,
  type AdmissionState,
  admissionStates,
  linkPayload,
} from '../../../../domain/operator/admission.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext, BotUser } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/access-buttons.js';
import { asMain, copyButtons } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { asMessage, type Screen, say, show, startLink } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import { languageOf, type Translator } from '../../wording/translator.js';
import { wayOnHere } from '../way-on.js';
import { type AdminArea, backToAdmin } from './admin-area.js';
import { admissionCard } from './admission-card.js';
import { Confirmations } from './confirmations.js';
import { askEnd } from './endings.js';

const linkDays = 7;
/** How many people a link lets in, as the buttons offer it. */
const linkSizes = [1, 5, 20] as const;
const peopleOnPage = 8;
/** More links are ended from the command line. */
const linksShown = 5;

/** Who may come in, as an operator sees and decides it. */
export const accessArea: AdminArea = {
  opener: (texts) => buttons.accessButton.button(texts.plain('button-access'), {}),
  waiting: async ({ database }) => (await database.stores.admissions.count()).asked,
  feature: (operators, services) => accessFeature(operators, services),
};

const accessFeature: Feature = (operators, services) => {
  const { decideAccess, makeAccessLink, openToAll, database } = services;
  const confirmations = new Confirmations(services);
  const open = async (context: BotContext, { text, keyboard }: Screen) => show(context, text, keyboard);
  const decide = async (context: BotContext, user: UserId, decision: Decision, shown?: AdmissionState) => {
    const given = { user, decision, shown };
    const { admission, before } = await decideAccess.execute(given, { admin: context.user.id });
    if (before !== decision) await tellPerson(services, admission);
    await open(context, admissionCard(admission, context.user.texts));
  };

  onButton(operators, buttons.accessButton, async (context) =>
    open(context, await accessScreen(services, context.user)),
  );
  onButton(operators, buttons.admissionsButton, async (context, { state, page }) =>
    open(context, await peopleScreen(services, context.user.texts, { state, page })),
  );
  onButton(operators, buttons.admissionButton, async (context, { user }) => {
    const { admission } = await database.stores.admissions.of(user);
    const { user: operator } = context;
    await open(
      context,
      admission === null ? await accessScreen(services, operator) : admissionCard(admission, operator.texts),
    );
  });
  onButton(operators, buttons.decideAccessButton, (context, { user, decision, shown }) =>
    decide(context, user, decision, shown ?? undefined),
  );
  onButton(operators, buttons.sendAwayButton, (context, { user }) =>
    decide(context, user, 'removed', 'allowed'),
  );
  onButton(operators, buttons.makeLinkButton, async (context, { uses }) => {
    const made = await makeAccessLink.execute({ uses, days: linkDays }, { admin: context.user.id });
    const { texts } = context.user;
    const link = startLink(context, linkPayload(made));
    const text = texts.html('access-link-made', { link, uses, until: made.until });
    await say(context, text, [copyButtons(texts.plain('button-copy-link'), link), backTo(texts)]);
  });
  onButton(operators, buttons.endLinkButton, async (context, { code }) => {
    const link = await database.stores.accessLinks.find(code);
    if (link === null) throw new DomainError({ code: 'not_found', what: 'access link' });
    await confirmations.ask(context, { act: 'access-link-end', code }, (intent) =>
      askEnd({ act: 'access-link-end', code, used: link.used, intent }, context.user.texts),
    );
  });
  onButton(operators, buttons.askOpenButton, async (context) => {
    const { allowed } = await database.stores.admissions.count();
    await confirmations.ask(context, { act: 'access-open' }, (intent) =>
      openAsked(allowed, intent, context.user.texts),
    );
  });
  onButton(operators, buttons.openToAllButton, async (context, { intent }) => {
    await openToAll.execute({ admin: context.user.id, intent });
    await open(context, await accessScreen(services, context.user));
  });
};

const openAsked = (listed: number, intent: string, texts: Translator): Screen => ({
  text: texts.html('access-open-ask', { listed }),
  keyboard: [
    [asMain(buttons.openToAllButton.button(texts.plain('button-access-open-yes'), { intent }))],
    [buttons.accessButton.button(texts.plain('button-leave-question'), {})],
  ],
});

async function accessScreen(
  { database, policy, clock }: BotServices,
  { id, texts }: BotUser,
): Promise<Screen> {
  const { admissions, accessLinks } = database.stores;
  const [counts, live, mine] = await Promise.all([
    admissions.count(),
    accessLinks.list(linksShown, clock.now()),
    admissions.of(id),
  ]);
  const inSettings = policy.allowedUsers.size;
  const isOpen = !mine.isClosed && inSettings === 0;
  return {
    text: Html.join(
      [
        texts.html('access-title'),
        isOpen ? texts.html('access-open') : closedFor(counts.allowed, inSettings, texts),
        counts.asked > 0 && texts.html('access-waiting', { count: counts.asked }),
        live.length > 0 &&
          Html.join([texts.html('access-links'), ...live.map((link) => linkLine(link, texts))]),
        texts.html('access-new-link', { days: linkDays }),
      ],
      '\n\n',
    ),
    keyboard: [
      ...admissionStates
        .filter((state) => counts[state] > 0)
        .map((state) => [
          buttons.admissionsButton.button(
            texts.plain(`button-admissions-${state}`, { count: counts[state] }),
            { state, page: 0 },
          ),
        ]),
      linkSizes.map((uses) =>
        buttons.makeLinkButton.button(texts.plain('button-make-link', { uses }), { uses }),
      ),
      ...live.map(({ code }) => [
        buttons.endLinkButton.button(texts.plain('button-end-link', { code }), { code }),
      ]),
      // Whom the settings name they name for good: then the list is not what keeps others out.
      ...(mine.isClosed && inSettings === 0
        ? [[buttons.askOpenButton.button(texts.plain('button-access-open'), {})]]
        : []),
      backToAdmin(texts),
    ],
  };
}

const closedFor = (listed: number, inSettings: number, texts: Translator): Html =>
  listed + inSettings === 0
    ? texts.html('access-closed-nobody')
    : Html.join([
        texts.html('access-closed'),
        listed > 0 && texts.html('access-listed', { count: listed }),
        inSettings > 0 && texts.html('access-in-settings', { count: inSettings }),
      ]);

const linkLine = ({ code, uses, used, until }: AccessLink, texts: Translator): Html =>
  texts.html('access-link', { code, used, uses, until });

async function peopleScreen(
  { database }: BotServices,
  texts: Translator,
  { state, page }: { state: AdmissionState; page: number },
): Promise<Screen> {
  const { admissions } = database.stores;
  const [people, counts] = await Promise.all([
    admissions.list({ state, limit: peopleOnPage, offset: page * peopleOnPage }),
    admissions.count(),
  ]);
  const turn = (to: number, label: string) => buttons.admissionsButton.button(label, { state, page: to });
  const turns = [
    ...(page > 0 ? [turn(page - 1, texts.plain('button-dead-newer'))] : []),
    ...((page + 1) * peopleOnPage < counts[state] ? [turn(page + 1, texts.plain('button-dead-older'))] : []),
  ];
  return {
    text: texts.html(`admissions-${state}`, { count: counts[state] }),
    keyboard: [
      ...people.map(({ user, name }) => [
        buttons.admissionButton.button(name === null ? user : cut(name, 40), { user }),
      ]),
      ...(turns.length > 0 ? [turns] : []),
      backTo(texts),
    ],
  };
}

const backTo = (texts: Translator) => [buttons.accessButton.button(texts.plain('button-access'), {})];

/** Whoever waits for an answer is told it. One who was sent away hears so when they next write. */
async function tellPerson(
  { api, textsIn }: BotServices,
  { user, state, language }: Admission,
): Promise<void> {
  if (state !== 'allowed' && state !== 'refused') return;
  const texts = textsIn(languageOf(language));
  const text = texts.html(state === 'allowed' ? 'access-granted' : 'access-denied');
  await bestEffort(() =>
    api.sendMessage(Number(user), text.source, asMessage(state === 'allowed' ? wayOnHere(texts) : [])),
  );
}
