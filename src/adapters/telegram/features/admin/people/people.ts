import { DomainError } from '../../../../../domain/errors.js';
import type { UserId } from '../../../../../domain/ids.js';
import type { BotContext } from '../../../bot-context.js';
import type { Feature } from '../../../bot-services.js';
import * as buttons from '../../../buttons/admin-buttons.js';
import { onButton } from '../../../buttons/on-button.js';
import { say, show } from '../../../replies.js';
import { leaveRow, Questions } from '../../questions.js';
import { type AdminArea, backToAdmin } from '../admin-area.js';
import { tellOfCase } from '../case-outcome.js';
import { operatorQuestion } from '../operator-question.js';
import { hearAnswers } from './answers.js';
import { jobsShown, personJobsScreen } from './person-jobs.js';
import { offerPicker } from './person-picker.js';
import { PersonalQuestions } from './personal-questions.js';

/** One person, as an operator finds them, and what is done for them. */
export const peopleArea: AdminArea = {
  opener: (texts) => buttons.findPersonButton.button(texts.plain('button-find-person'), {}),
  feature: (operators, services) => {
    peopleFeature(operators, services);
    hearAnswers(operators, services);
  },
};

/** Limits that are set by one tap. */
const usualLimits = [10, 50, 200] as const;

const peopleFeature: Feature = (operators, services) => {
  const { confirmAct, unblockPerson, listPersonJobs, limitPictures, database } = services;
  const questions = new Questions(services);
  const personal = new PersonalQuestions(services);

  onButton(operators, buttons.findPersonButton, async (context) => {
    const { texts } = context.user;
    const question = operatorQuestion('find');
    await questions.expect(context, question);
    const pick = buttons.pickPersonButton.button(texts.plain('button-choose-person'), {});
    await show(context, await questions.textOf(context, question), [[pick], backToAdmin(texts)]);
  });
  onButton(operators, buttons.pickPersonButton, async (context) => {
    const picker = await offerPicker(context, context.user.texts);
    await questions.expect(context, operatorQuestion('find', String(picker)));
  });
  onButton(operators, buttons.personButton, (context, { user }) => personal.card(context, user, show));
  onButton(operators, buttons.personJobsButton, async (context, { user }) => {
    const jobs = await listPersonJobs.execute(user, jobsShown);
    const { text, keyboard } = personJobsScreen(user, jobs, context.user.texts);
    await show(context, text, keyboard);
  });
  onButton(operators, buttons.askCreditsButton, (context, { user, movement }) =>
    questions.ask(context, operatorQuestion(movement, user)),
  );
  onButton(operators, buttons.askMessageButton, (context, { user }) =>
    questions.ask(context, operatorQuestion('message', user)),
  );
  onButton(operators, buttons.askLimitButton, (context, { user }) => askLimit(context, user));
  onButton(operators, buttons.setLimitButton, async (context, { user, pictures }) => {
    const { id: admin, texts } = context.user;
    await questions.end(context, operatorQuestion('limit', user));
    await limitPictures.execute({ user, pictures }, { admin });
    await personal.card(context, user, show, texts.html('act-came-done'));
  });
  onButton(operators, buttons.askRefundButton, async (context, { user, payment: id }) => {
    const payment = await database.stores.payments.findOwned(id, user);
    if (payment === null) throw new DomainError({ code: 'not_found', what: 'payment' });
    await personal.ask(context, { act: 'refund', user, charge: payment.charge, why: null });
  });
  onButton(operators, buttons.askBlockButton, (context, { user }) =>
    personal.ask(context, { act: 'block', user, why: null }),
  );
  onButton(operators, buttons.unblockButton, async (context, { user }) => {
    const { id: admin, texts } = context.user;
    const appeal = await unblockPerson.execute({ user, why: null }, { admin });
    const isTold = appeal === null || (await tellOfCase(services, appeal));
    await personal.card(context, user, show, texts.html(isTold ? 'act-came-done' : 'act-came-unreachable'));
  });
  onButton(operators, buttons.sayWhyButton, async (context, { intent }) => {
    const question = operatorQuestion('why', intent);
    await questions.expect(context, question);
    // The card above asks on, and is left there.
    await say(context, await questions.textOf(context, question));
  });
  onButton(operators, buttons.confirmActButton, async (context, { intent }) => {
    const { id: admin, texts } = context.user;
    const { act, came } = await confirmAct.execute(intent, { admin });
    await personal.card(context, act.user, show, texts.html(`act-came-${came}`));
  });

  const askLimit = async (context: BotContext, user: UserId) => {
    const { texts } = context.user;
    const question = operatorQuestion('limit', user);
    await questions.expect(context, question);
    const set = (label: string, pictures: number | null) =>
      buttons.setLimitButton.button(label, { user, pictures });
    await say(context, await questions.textOf(context, question), [
      usualLimits.map((count) => set(String(count), count)),
      [set(texts.plain('button-usual-limit'), null)],
      leaveRow(question, texts),
    ]);
  };
};
