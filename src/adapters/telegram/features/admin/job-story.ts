import type { JobStory } from '../../../../application/operator/show-job.js';
import type { JobNamed } from '../../../../domain/operator/act.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { jobStoryButton } from '../../buttons/trouble-buttons.js';
import { type Keyboard, type Screen, say, sayAbout, show } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { jobName, jobNamed } from '../../wording/job-name.js';
import { momentLine } from '../../wording/moment-texts.js';
import type { Translator } from '../../wording/translator.js';
import { type AdminArea, backToAdmin } from './admin-area.js';

/** Far below what a message takes, and a screen or two of a phone. */
const momentsAtOnce = 15;
const longestError = 300;

/** Everything that rows tell of a job: under each result of an operator's own, under what was given up, and by its id. */
export const jobStoryArea: AdminArea = {
  feature: (operators, services) => jobStoryFeature(operators, services),
  commands: (services) => ({ job: (context, typed) => showTyped(services, context, typed) }),
};

const jobStoryFeature: Feature = (operators, { showJob }) => {
  onButton(operators, jobStoryButton, async (context, { from, ...values }) => {
    const job = jobNamed(values);
    const story = await showJob.execute(named(job));
    const { text, keyboard } = storyScreen(job, story, from, context.user.texts);
    // The first page comes as an answer: what stood there is not to go.
    const isOwn = context.callbackQuery.message?.text?.startsWith(titleMark) ?? false;
    await (isOwn ? show(context, text, keyboard) : sayAbout(context, text, keyboard));
  });
};

async function showTyped({ findJob, showJob }: BotServices, context: BotContext, typed: string) {
  const { texts } = context.user;
  const [job, ...others] = await findJob.execute(typed);
  if (job === undefined) return say(context, texts.html('job-unknown'), [backToAdmin(texts)]);
  if (others.length > 0) {
    const choices = [job, ...others].map((each) => [
      jobStoryButton.button(`${jobName(each, texts)} · ${each.id}`, { ...each, from: 0 }),
    ]);
    return say(context, texts.html('job-several'), choices);
  }
  const { text, keyboard } = storyScreen(job, await showJob.execute(named(job)), 0, texts);
  return say(context, text, keyboard);
}

const named = (job: JobNamed) => (job.kind === 'generation' ? { generation: job.id } : { training: job.id });

const titleMark = '🕘';

function storyScreen(job: JobNamed, { now, moments }: JobStory, from: number, texts: Translator): Screen {
  const shown = moments.slice(from, from + momentsAtOnce);
  const page = (at: number, key: 'button-story-earlier' | 'button-story-later') =>
    jobStoryButton.button(texts.plain(key), { ...job, from: at });
  const turning = [
    from > 0 && page(Math.max(0, from - momentsAtOnce), 'button-story-earlier'),
    moments.length > from + momentsAtOnce && page(from + momentsAtOnce, 'button-story-later'),
  ].filter((button) => button !== false);
  const { user, state, endpoint, calls, doubts, tries, lastError, worker } = now;
  const keyboard: Keyboard = [...(turning.length === 0 ? [] : [turning]), backToAdmin(texts)];
  return {
    text: Html.join([
      texts.html('job-story', { job: jobName(job, texts), id: now.id, user, state, endpoint }),
      texts.html('job-story-calls', { calls, doubts, tries }),
      worker !== null && texts.html('job-story-worker', { worker }),
      lastError !== null && texts.html('job-story-error', { error: cut(lastError, longestError) }),
      ...shown.map((moment, index) => momentLine(moment, index === 0 ? undefined : shown[index - 1], texts)),
    ]),
    keyboard,
  };
}
