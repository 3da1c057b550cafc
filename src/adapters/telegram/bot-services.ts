import type { Api } from 'grammy';
import { AdmitUser } from '../../application/account/admit-user.js';
import { ChangePreferences } from '../../application/account/change-preferences.js';
import { AdmitPhotos } from '../../application/avatars/admit-photos.js';
import { DescribeForm } from '../../application/composer/describe-form.js';
import { DescribePhoto } from '../../application/composer/describe-photo.js';
import { EditForm } from '../../application/composer/edit-form.js';
import { FillForm } from '../../application/composer/fill-form.js';
import { ImprovePrompt } from '../../application/composer/improve-prompt.js';
import { ListPresets } from '../../application/composer/list-presets.js';
import { OpenForm } from '../../application/composer/open-form.js';
import { ShareRecipe } from '../../application/composer/share-recipe.js';
import { SubmitForm } from '../../application/composer/submit-form.js';
import { BrowseGallery } from '../../application/gallery/browse-gallery.js';
import { ChangeImage } from '../../application/gallery/change-image.js';
import { DescribeGeneration } from '../../application/gallery/describe-generation.js';
import { RepeatGeneration } from '../../application/generation/repeat-generation.js';
import type { Background } from './background.js';
import type { DraftMessages } from './delivery/drafts/draft-messages.js';
import type { PhotoFiles } from './delivery/results/photo-files.js';
import type { ProgressMessages } from './delivery/results/progress-messages.js';
import type { TrainingDelivery } from './delivery/trainings/training-delivery.js';
import type { PhotoIngest } from './photos/photo-ingest.js';
import type { TelegramFiles } from './photos/telegram-files.js';
import type { TelegramDependencies } from './telegram-dependencies.js';
import type { Language, Translator } from './wording/translator.js';

/** Use cases that need nothing but what the bot was given. */
export function useCasesOf(dependencies: TelegramDependencies) {
  const { database, clock, ids, policy, log, requestGeneration, promptAssistant: assistant } = dependencies;
  const describeForm = new DescribeForm({ database, clock, policy });
  const openForm = new OpenForm({ database, clock, ids });
  const editForm = new EditForm({ database });
  const helping = assistant === null ? null : { database, clock, policy, log, assistant, openForm, editForm };
  return {
    openForm,
    describeForm,
    editForm,
    fillForm: new FillForm({ database, clock, editForm }),
    /** `null`: no help with prompts is offered. */
    improvePrompt: helping === null ? null : new ImprovePrompt(helping),
    describePhoto: helping === null ? null : new DescribePhoto(helping),
    submitForm: new SubmitForm({ database, describeForm, requestGeneration }),
    repeatGeneration: new RepeatGeneration({ database, requestGeneration }),
    shareRecipe: new ShareRecipe({ database, clock, ids }),
    admitUser: new AdmitUser({ database, clock, policy }),
    changePreferences: new ChangePreferences({ database }),
    listPresets: new ListPresets({ database, clock }),
    admitPhotos: new AdmitPhotos({ database, clock, policy }),
    browseGallery: new BrowseGallery({ database, clock }),
    describeGeneration: new DescribeGeneration({ database }),
    changeImage: new ChangeImage({ database, clock }),
  };
}

/** What the features share: the dependencies and what the bot made of them. */
export interface BotServices extends TelegramDependencies, ReturnType<typeof useCasesOf> {
  /** Names this bot in rows: its numbers and file handles are its own. */
  readonly source: string;
  /** For courtesies: gives up soon. */
  readonly api: Api;
  /** For files: takes its time, and keeps to Telegram's limits. */
  readonly uploads: Api;
  readonly progress: ProgressMessages;
  readonly files: PhotoFiles;
  readonly telegramFiles: TelegramFiles;
  readonly draftMessages: DraftMessages;
  readonly photoIngest: PhotoIngest;
  readonly trainings: TrainingDelivery;
  /** For what takes longer than a handler may. */
  readonly background: Background;
  readonly textsIn: (language: Language) => Translator;
}
