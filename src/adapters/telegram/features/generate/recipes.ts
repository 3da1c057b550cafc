import { DomainError } from '../../../../domain/errors.js';
import { reportCategories } from '../../../../domain/operator/case.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { Feature } from '../../bot-services.js';
import { idField } from '../../buttons/button-kind.js';
import { shareButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { reportAsButton, reportButton } from '../../buttons/report-buttons.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import { originOf } from '../../middleware/one-tap.js';
import { sayAbout, show, startLink } from '../../replies.js';
import { FormScreens } from './form-screens.js';

const recipeId = idField<string>(String);
const prefix = 'r_';

/** Settings and words as a link. Whoever opens it gets them with an avatar of their own. */
export const recipesFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);

  onButton(composer, shareButton, async (context, { generation }) => {
    const { id, texts } = context.user;
    const recipe = await services.shareRecipe.execute({ id: generation }, { owner: id });
    await context.answerCallbackQuery();
    const link = startLink(context, prefix + recipeId.write(recipe.id));
    await sayAbout(context, texts.html('recipe-shared', { link, prompt: cut(recipe.prompt, 1500) }));
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
    await formScreens.open(context, form);
  });
};
