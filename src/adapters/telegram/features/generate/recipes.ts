import { attempt } from '../../../../application/input/deferred-refusal.js';
import { DomainError } from '../../../../domain/errors.js';
import { reportCategories } from '../../../../domain/operator/case.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { Feature } from '../../bot-services.js';
import { newAvatarButton } from '../../buttons/avatar-buttons.js';
import { asMain, idField } from '../../buttons/button-kind.js';
import { shareButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { reportAsButton, reportButton } from '../../buttons/report-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import { originOf } from '../../middleware/one-tap.js';
import { say, sayAbout, show, startLink } from '../../replies.js';
import { Html } from '../../wording/html.js';
import { FormScreens } from './form-screens.js';

const recipeId = idField<string>(String);
const prefix = 'r_';
/** Far below what a message takes. */
const longestShown = 1500;

/** Settings and words as a link. Whoever opens it gets them with an avatar of their own. */
export const recipesFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);

  onButton(composer, shareButton, async (context, { generation }) => {
    const { id, texts } = context.user;
    const recipe = await services.shareRecipe.execute({ id: generation }, { owner: id });
    await context.answerCallbackQuery();
    const link = startLink(context, prefix + recipeId.write(recipe.id));
    await sayAbout(context, texts.html('recipe-shared', { link, prompt: cut(recipe.prompt, longestShown) }));
  });
  onButton(composer, reportButton, async (context, { recipe }) => {
    const { texts } = context.user;
    await context.answerCallbackQuery();
    const choices = reportCategories.map((category) =>
      reportAsButton.button(texts.plain(`report-${category}`), { recipe, category }),
    );
    await sayAbout(context, texts.html('report-question'), inRows(choices, 2));
  });
  onButton(composer, reportAsButton, async (context, { recipe, category }) => {
    const { id: owner, texts } = context.user;
    await services.reportRecipe.execute({ recipe, category }, { owner });
    await show(context, texts.html('report-thanks'));
  });
  composer.command('start', async (context, next) => {
    if (!context.match.startsWith(prefix)) return next();
    const recipe = recipeId.read(context.match.slice(prefix.length));
    if (recipe === undefined) throw new DomainError({ code: 'not_found', what: 'recipe' });
    const start = { kind: 'recipe', recipe } as const;
    const form = await services.openForm.execute(start, {
      owner: context.user.id,
      origin: originOf(context),
    });
    const opened = await attempt(() => formScreens.open(context, form));
    if (!('refused' in opened)) return;
    // What was shared can be read, and reported, also by somebody who cannot make it yet.
    if (opened.refused.refusal.code !== 'no_avatar' || context.chat.type !== 'private') throw opened.refused;
    const { texts } = context.user;
    const text = Html.join(
      [
        texts.html('recipe-opened', { prompt: cut(form.prompt ?? '', longestShown) }),
        texts.html('recipe-needs-avatar'),
      ],
      '\n\n',
    );
    await say(context, text, [
      [asMain(newAvatarButton.button(texts.plain('button-make-avatar'), {}))],
      ...(form.recipe === null
        ? []
        : [[reportButton.button(texts.plain('button-report'), { recipe: form.recipe })]]),
    ]);
  });
};
