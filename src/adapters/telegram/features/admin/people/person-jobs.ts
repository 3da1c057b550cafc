import type { PersonJob } from '../../../../../application/operator/people/list-person-jobs.js';
import type { UserId } from '../../../../../domain/ids.js';
import { personButton } from '../../../buttons/admin-buttons.js';
import { jobStoryButton } from '../../../buttons/trouble-buttons.js';
import type { Screen } from '../../../replies.js';
import { Html } from '../../../wording/html.js';
import { jobName } from '../../../wording/job-name.js';
import type { Translator } from '../../../wording/translator.js';

export const jobsShown = 8;

/** What somebody ordered lately; each leads to everything that happened to it. No words, and no picture. */
export function personJobsScreen(user: UserId, jobs: readonly PersonJob[], texts: Translator): Screen {
  return {
    text: Html.join([
      texts.html('person-jobs', { user }),
      ...jobs.map(({ job, at, state, price }) =>
        texts.html('person-job', {
          ...{ job: jobName(job, texts), at, state },
          credits: texts.html('count-credits', { count: price }),
        }),
      ),
      jobs.length === 0 && texts.html('person-jobs-none'),
    ]),
    keyboard: [
      ...jobs.map(({ job }) => [jobStoryButton.button(jobName(job, texts), { ...job, from: 0 })]),
      [personButton.button(texts.plain('button-back'), { user })],
    ],
  };
}
