import type { Feature } from '../../bot-services.js';
import { cancelJobButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';

/** Cancels a job. Its message is changed by the delivery. */
export const cancelFeature: Feature = (composer, { cancelGeneration }) => {
  onButton(composer, cancelJobButton, async (context, { generation }) => {
    const { id: owner, texts } = context.user;
    await cancelGeneration.execute({ id: generation }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('cancelling') });
  });
};
