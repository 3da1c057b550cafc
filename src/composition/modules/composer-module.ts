import { ContainerModule } from 'inversify';
import { AskFirst } from '../../application/composer/ask-first.js';
import { DescribeForm } from '../../application/composer/describe-form.js';
import { DescribePhoto } from '../../application/composer/describe-photo.js';
import { DescribePresets } from '../../application/composer/describe-presets.js';
import { EditForm } from '../../application/composer/edit-form.js';
import { FillForm } from '../../application/composer/fill-form.js';
import { ImprovePrompt } from '../../application/composer/improve-prompt.js';
import { ListPresets } from '../../application/composer/list-presets.js';
import { OpenForm } from '../../application/composer/open-form.js';
import { QuoteRequest } from '../../application/composer/quote-request.js';
import { ShareRecipe } from '../../application/composer/share-recipe.js';
import { SubmitForm } from '../../application/composer/submit-form.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { CheckWords } from '../../application/policy/check-words.js';
import { build } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** A request that somebody puts together step by step. */
export const composerModule = new ContainerModule(({ bind }) => {
  build(bind, OpenForm, parts('database', 'clock', 'ids'));
  build(bind, EditForm, parts('database'));
  build(bind, FillForm, { ...parts('database', 'clock'), editForm: EditForm });
  build(bind, ImprovePrompt, {
    ...parts('database', 'clock', 'policy', 'log'),
    assistant: s.promptAssistant,
    editForm: EditForm,
  });
  build(bind, DescribePhoto, {
    ...parts('database', 'clock', 'policy', 'log'),
    assistant: s.promptAssistant,
    openForm: OpenForm,
    editForm: EditForm,
  });
  build(bind, ListPresets, parts('database', 'clock'));
  build(bind, DescribePresets, parts('database', 'clock', 'policy'));
  build(bind, DescribeForm, parts('database', 'clock', 'policy'));
  build(bind, AskFirst, { ...parts('database', 'clock', 'policy'), checkWords: CheckWords });
  build(bind, QuoteRequest, parts('database', 'clock', 'policy'));
  build(bind, SubmitForm, {
    ...parts('database'),
    describeForm: DescribeForm,
    requestGeneration: RequestGeneration,
  });
  build(bind, ShareRecipe, parts('database', 'clock', 'ids'));
});
