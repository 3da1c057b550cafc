import { accessArea } from './access.js';
import { actsArea } from './acts.js';
import type { AdminArea } from './admin-area.js';
import { broadcastsArea } from './broadcasts/broadcasts.js';
import { budgetArea } from './budget.js';
import { casesArea } from './cases.js';
import { deadLettersArea } from './dead-letters.js';
import { endingsArea } from './endings.js';
import { jobStoryArea } from './job-story.js';
import { numbersArea } from './numbers/numbers.js';
import { openQuestionsArea } from './open-questions.js';
import { peopleArea } from './people/people.js';
import { promosArea } from './promos.js';
import { troublesArea } from './troubles.js';
import { waitingPaymentsArea } from './waiting-payments.js';

/** All that operators look after, in the order of their screen. A new one is a line here. */
export const adminAreas: readonly AdminArea[] = [
  openQuestionsArea,
  numbersArea,
  budgetArea,
  peopleArea,
  promosArea,
  endingsArea,
  accessArea,
  troublesArea,
  deadLettersArea,
  waitingPaymentsArea,
  jobStoryArea,
  casesArea,
  broadcastsArea,
  actsArea,
];
