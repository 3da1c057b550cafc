import { ZipArchiveWriter } from '../../../src/adapters/archives/zip-archive-writer.js';
import { ZipPhotoArchives } from '../../../src/adapters/archives/zip-photo-archives.js';
import { SharpPhotoJudge } from '../../../src/adapters/photos/sharp-photo-judge.js';
import type { TelegramDependencies } from '../../../src/adapters/telegram/telegram-dependencies.js';
import type { TelegramUseCases } from '../../../src/adapters/telegram/use-cases.js';
import { AdmitUser } from '../../../src/application/account/admit-user.js';
import { ChangePreferences } from '../../../src/application/account/change-preferences.js';
import { AddPhotos } from '../../../src/application/avatars/add-photos.js';
import { AdmitPhotos } from '../../../src/application/avatars/admit-photos.js';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { SortPhotos } from '../../../src/application/avatars/sort-photos.js';
import { StartDraft } from '../../../src/application/avatars/start-draft.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../../src/application/avatars/update-avatar-draft.js';
import { DescribeForm } from '../../../src/application/composer/describe-form.js';
import { DescribePhoto } from '../../../src/application/composer/describe-photo.js';
import { EditForm } from '../../../src/application/composer/edit-form.js';
import { FillForm } from '../../../src/application/composer/fill-form.js';
import { ImprovePrompt } from '../../../src/application/composer/improve-prompt.js';
import { ListPresets } from '../../../src/application/composer/list-presets.js';
import { OpenForm } from '../../../src/application/composer/open-form.js';
import { ShareRecipe } from '../../../src/application/composer/share-recipe.js';
import { SubmitForm } from '../../../src/application/composer/submit-form.js';
import { BrowseGallery } from '../../../src/application/gallery/browse-gallery.js';
import { ChangeImage } from '../../../src/application/gallery/change-image.js';
import { DescribeGeneration } from '../../../src/application/gallery/describe-generation.js';
import { CancelGeneration } from '../../../src/application/generation/cancel-generation.js';
import { RepeatGeneration } from '../../../src/application/generation/repeat-generation.js';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { RequestUpscale } from '../../../src/application/generation/request-upscale.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import { ExportUserData } from '../../../src/application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../../src/application/personal-data/stored-data.js';
import type { PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import type { Database } from '../../../src/application/ports/stores/stores.js';
import { CancelTraining } from '../../../src/application/training/cancel-training.js';
import { RequestTraining } from '../../../src/application/training/request-training.js';

/** The real use cases; only fal's shelf for weights is none. */
export function useCasesOf(
  {
    database,
    media,
    clock,
    ids,
    policy,
    trainingPolicy,
    log,
    metrics,
  }: Pick<
    TelegramDependencies,
    'media' | 'clock' | 'ids' | 'policy' | 'trainingPolicy' | 'log' | 'metrics'
  > & { readonly database: Database },
  assistant: PromptAssistant | null,
): Pick<TelegramDependencies, keyof TelegramUseCases> {
  const library = { publish: async (mediaKey: string) => `https://v3.fal.media/files/${mediaKey}` };
  const requestGeneration = new RequestGeneration({ database, clock, ids, policy, metrics });
  const describeForm = new DescribeForm({ database, clock, policy });
  const openForm = new OpenForm({ database, clock, ids });
  const editForm = new EditForm({ database });
  const helping = assistant === null ? null : { database, clock, policy, log, assistant, openForm, editForm };
  return {
    admitUser: new AdmitUser({ database, clock, policy }),
    changePreferences: new ChangePreferences({ database }),
    requestGeneration,
    repeatGeneration: new RepeatGeneration({ database, requestGeneration }),
    describeGeneration: new DescribeGeneration({ database }),
    cancelGeneration: new CancelGeneration({ database, clock }),
    requestUpscale: new RequestUpscale({ database, clock, ids, policy, metrics }),
    openForm,
    editForm,
    fillForm: new FillForm({ database, clock, editForm }),
    improvePrompt: helping === null ? null : new ImprovePrompt(helping),
    describePhoto: helping === null ? null : new DescribePhoto(helping),
    listPresets: new ListPresets({ database, clock }),
    describeForm,
    submitForm: new SubmitForm({ database, describeForm, requestGeneration }),
    shareRecipe: new ShareRecipe({ database, clock, ids }),
    browseGallery: new BrowseGallery({ database, clock }),
    changeImage: new ChangeImage({ database, clock }),
    startDraft: new StartDraft({ database, clock, ids, policy }),
    updateAvatarDraft: new UpdateAvatarDraft({ database, clock }),
    admitPhotos: new AdmitPhotos({ database, clock, policy }),
    addPhotos: new AddPhotos({
      database,
      judge: new SharpPhotoJudge(),
      archives: new ZipPhotoArchives(),
      media,
      clock,
      ids,
    }),
    sortPhotos: new SortPhotos({ database, media }),
    requestTraining: new RequestTraining({ database, clock, ids, policy, trainingPolicy }),
    cancelTraining: new CancelTraining({ database, clock }),
    updateAvatar: new UpdateAvatar({ database, clock }),
    deleteAvatar: new DeleteAvatar({ database, media, clock }),
    loraFiles: new LoraFiles({ database, media, library, clock, ids, policy }),
    describeStoredData: new DescribeStoredData({ database, policy: trainingPolicy }),
    exportUserData: new ExportUserData({ database, media, archives: new ZipArchiveWriter(), log }),
    deleteUser: new DeleteUser({ database, media, clock, ids, log }),
  };
}
