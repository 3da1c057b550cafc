import { InputFile, InputMediaBuilder } from 'grammy';
import type { OpenedCase } from '../../../../application/operator/cases/open-case.js';
import type { Case } from '../../../../domain/operator/case.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import {
  casesButton,
  confirmCaseBlockButton,
  decideCaseButton,
  openCaseButton,
} from '../../buttons/admin-buttons.js';
import { onButton, type Tapped } from '../../buttons/on-button.js';
import { say, sayAbout, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { AdminArea } from './admin-area.js';
import { tellOfCase } from './case-outcome.js';
import { CaseQuestions } from './case-questions.js';
import { caseScreen } from './case-texts.js';

/** As many as fit into one album; a set of photos has at most twenty. */
const picturesShown = 10;

/** What waits for an operator's word. Nothing of what it is about is seen before somebody wants to see it. */
export const casesArea: AdminArea = {
  opener: (texts) => casesButton.button(texts.plain('button-cases'), { skip: 0 }),
  waiting: ({ database }) => database.stores.cases.countWaiting(),
  feature: (operators, services) => casesFeature(operators, services),
};

const casesFeature: Feature = (operators, services) => {
  const { showCases, openCase, decideCase, confirmCaseBlock, database } = services;
  const questions = new CaseQuestions(services);
  const list = async (context: BotContext, skip: number) => {
    const { text, keyboard } = caseScreen(await showCases.execute({ skip }), context.user.texts);
    await show(context, text, keyboard);
  };

  onButton(operators, casesButton, (context, { skip }) => list(context, skip));
  onButton(operators, openCaseButton, async (context, { item }) => {
    const opened = await openCase.execute({ case: item }, { admin: context.user.id });
    await context.answerCallbackQuery();
    await showContents(services, context, opened);
  });
  onButton(operators, decideCaseButton, async (context, { item, decision }) => {
    const { id: admin } = context.user;
    const found = decision === 'block' ? await database.stores.cases.find(item) : null;
    if (found?.decision === null) {
      const { id, person } = found;
      return questions.ask(context, { act: 'case-block', case: id, person, why: null }, { put: show });
    }
    await tell(context, await decideCase.execute({ case: item, decision }, { admin }));
  });
  onButton(operators, confirmCaseBlockButton, async (context, { intent }) =>
    tell(context, await confirmCaseBlock.execute(intent, { admin: context.user.id })),
  );

  const tell = async (context: Tapped, decided: Case) => {
    const { texts } = context.user;
    if (decided.decision !== null)
      await context.answerCallbackQuery({ text: texts.plain(`case-done-${decided.decision}`) });
    await list(context, 0);
    if (!(await tellOfCase(services, decided))) await say(context, texts.html('case-untold'));
  };
};

/** Covered until they are tapped once more, and not to be sent on. */
async function showContents(
  { media, uploads, log }: BotServices,
  context: BotContext,
  { words, pictures }: OpenedCase,
): Promise<void> {
  const { texts } = context.user;
  if (words !== null) await sayAbout(context, Html.of(words));
  const read = (key: string) =>
    media.bytes(key).catch((error: unknown) => {
      log.warn('a picture that waits for an operator cannot be read', { error });
      return null;
    });
  const found = await Promise.all(pictures.slice(0, picturesShown).map(read));
  const album = found
    .filter((bytes) => bytes !== null)
    .map((bytes, index) =>
      InputMediaBuilder.photo(new InputFile(bytes, `${index + 1}.jpg`), { has_spoiler: true }),
    );
  const [only] = album;
  const chat = Number(context.user.id);
  if (only === undefined) {
    if (words === null) await sayAbout(context, texts.html('case-empty'));
  } else if (album.length === 1)
    await uploads.sendPhoto(chat, only.media, { has_spoiler: true, protect_content: true });
  else await uploads.sendMediaGroup(chat, album, { protect_content: true });
}
