import type { DeadLetter, DeadLetterCard } from '../../../../application/upkeep/list-dead-letters.js';
import type { JobNamed } from '../../../../domain/operator/act.js';
import type { IntendedJobAct } from '../../../../domain/operator/intent.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import {
  confirmJobActButton,
  deadLetterButton,
  deadLettersButton,
  giveBackJobButton,
  jobStoryButton,
  replayJobButton,
  troublesButton,
} from '../../buttons/trouble-buttons.js';
import { type Keyboard, type Screen, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { jobName, jobNamed } from '../../wording/job-name.js';
import type { Translator } from '../../wording/translator.js';
import type { AdminArea } from './admin-area.js';
import { Confirmations } from './confirmations.js';

const shownAtOnce = 6;
const longestReason = 300;

/** Jobs that were given up: why, and what an operator can do with each. Reached from what is in trouble. */
export const deadLettersArea: AdminArea = {
  feature: (operators, services) => deadLettersFeature(operators, services),
};

const deadLettersFeature: Feature = (operators, services) => {
  const { listDeadLetters, confirmJobAct } = services;
  const confirmations = new Confirmations(services);
  const withCard = async (
    context: BotContext,
    job: JobNamed,
    open: (card: DeadLetterCard) => Promise<void>,
  ) => {
    const { texts } = context.user;
    const card = await listDeadLetters.find(job);
    await (card === null ? show(context, texts.html('dead-letter-gone'), toTroubles(texts)) : open(card));
  };
  const asking = async (context: BotContext, job: JobNamed, act: IntendedJobAct['act']) =>
    withCard(context, job, async (card) => {
      const credits = act === 'job-replay' ? (card.again ?? 0) : card.owed;
      await confirmations.ask(context, { act, user: card.owner, job, credits }, (intent) =>
        questionOf(card, { act, credits, intent }, context.user.texts),
      );
    });

  onButton(operators, deadLettersButton, async (context, { what, from }) => {
    if (what === 'update') return;
    const { text, keyboard } = listOf(what, await listDeadLetters.execute(what), from, context.user.texts);
    await show(context, text, keyboard);
  });
  onButton(operators, deadLetterButton, (context, values) =>
    withCard(context, jobNamed(values), async (card) => {
      const { text, keyboard } = cardOf(card, context.user.texts);
      await show(context, text, keyboard);
    }),
  );
  onButton(operators, replayJobButton, (context, values) => asking(context, jobNamed(values), 'job-replay'));
  onButton(operators, giveBackJobButton, (context, values) =>
    asking(context, jobNamed(values), 'job-give-back'),
  );
  onButton(operators, confirmJobActButton, async (context, { intent }) => {
    const { texts, id: admin } = context.user;
    const { act, job, user, credits } = await confirmJobAct.execute(intent, { admin });
    const named = { job: jobName(job, texts), user };
    const text =
      act === 'job-replay'
        ? texts.html('dead-letter-replayed', { ...named, credits: creditsIn(credits, texts) })
        : credits > 0
          ? texts.html('dead-letter-given-back', { ...named, credits: creditsIn(credits, texts) })
          : texts.html('dead-letter-taken-off', named);
    const story = jobStoryButton.button(texts.plain('button-what-happened'), { ...job, from: 0 });
    await show(context, text, [[story], ...toTroubles(texts)]);
  });
};

function listOf(
  kind: JobNamed['kind'],
  letters: readonly DeadLetter[],
  from: number,
  texts: Translator,
): Screen {
  const shown = letters.slice(from, from + shownAtOnce);
  if (shown.length === 0) return { text: texts.html('dead-letters-none'), keyboard: toTroubles(texts) };
  const page = (at: number) => ({ what: kind, from: at });
  const newer =
    from > 0 &&
    deadLettersButton.button(texts.plain('button-dead-newer'), page(Math.max(0, from - shownAtOnce)));
  const older =
    letters.length > from + shownAtOnce &&
    deadLettersButton.button(texts.plain('button-dead-older'), page(from + shownAtOnce));
  return {
    text: Html.join(
      [
        texts.html(`dead-letters-${kind}`, { count: letters.length }),
        ...shown.map((letter) => lineOf(letter, texts)),
      ],
      '\n\n',
    ),
    keyboard: [
      ...shown.map(({ job }) => [deadLetterButton.button(jobName(job, texts), job)]),
      [newer, older].filter((button) => button !== false),
      ...toTroubles(texts),
    ].filter((row) => row.length > 0),
  };
}

const lineOf = ({ job, owner, createdAt, failure, why, owed }: DeadLetter, texts: Translator): Html =>
  Html.join([
    texts.html('dead-letter', { job: jobName(job, texts), user: owner, at: createdAt }),
    failure === null ? texts.html('dead-reason-open') : texts.html(`dead-reason-${failure}`),
    why !== '' && Html.of(cut(why, longestReason)),
    owed > 0 && texts.html('dead-letter-owed', { credits: creditsIn(owed, texts) }),
  ]);

function cardOf(card: DeadLetterCard, texts: Translator): Screen {
  const { job, owed, again, balance } = card;
  const canPay = again !== null && again <= balance;
  const credits = { again: creditsIn(again ?? 0, texts), balance: creditsIn(balance, texts) };
  const replay = canPay && replayJobButton.button(texts.plain('button-dead-replay'), job);
  const giveBack = giveBackJobButton.button(
    texts.plain(owed > 0 ? 'button-dead-give-back' : 'button-dead-take-off'),
    job,
  );
  return {
    text: Html.join([
      lineOf(card, texts),
      owed === 0 && texts.html('dead-letter-is-back'),
      again === null
        ? texts.html('dead-letter-no-replay')
        : canPay
          ? texts.html('dead-letter-can-replay', credits)
          : texts.html('dead-letter-poor', credits),
    ]),
    keyboard: [
      [replay, giveBack].filter((button) => button !== false),
      [jobStoryButton.button(texts.plain('button-what-happened'), { ...job, from: 0 })],
      [deadLettersButton.button(texts.plain('button-back'), { what: job.kind, from: 0 })],
    ],
  };
}

/** Before it is done, with its numbers: the button that does it names what was kept of this question. */
function questionOf(
  { job, owner, balance }: DeadLetterCard,
  { act, credits, intent }: { act: IntendedJobAct['act']; credits: number; intent: string },
  texts: Translator,
): Screen {
  const named = { job: jobName(job, texts), user: owner };
  const numbers = { credits: creditsIn(credits, texts), balance: creditsIn(balance, texts) };
  const isReplay = act === 'job-replay';
  const text = isReplay
    ? texts.html('dead-letter-replay-ask', { ...named, ...numbers })
    : credits > 0
      ? texts.html('dead-letter-give-back-ask', { ...named, ...numbers })
      : texts.html('dead-letter-take-off-ask', named);
  return {
    text,
    keyboard: [
      [
        confirmJobActButton.button(
          texts.plain(
            isReplay
              ? 'button-dead-replay-yes'
              : credits > 0
                ? 'button-dead-give-back-yes'
                : 'button-dead-take-off-yes',
          ),
          { intent },
        ),
      ],
      [deadLetterButton.button(texts.plain('button-dead-no'), job)],
    ],
  };
}

const creditsIn = (count: number, texts: Translator): string => texts.plain('count-credits', { count });

const toTroubles = (texts: Translator): Keyboard => [[troublesButton.button(texts.plain('button-back'), {})]];
