import type {
  GalleryView,
  GalleryViewStore,
} from '../../src/application/ports/stores/chat/gallery-view-store.js';
import type {
  PendingReply,
  PendingReplyStore,
} from '../../src/application/ports/stores/chat/pending-reply-store.js';
import type { FormStore, GenerationForm } from '../../src/application/ports/stores/form-store.js';
import type { Recipe, RecipeStore } from '../../src/application/ports/stores/recipe-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Access, requireUser } from './in-memory-state.js';

/** A recipe, and whether an operator has hidden it. */
export type HideableRecipe = Recipe & { readonly isHidden?: boolean };

export class InMemoryFormStore implements FormStore {
  constructor(private readonly access: Access) {}

  save(form: GenerationForm): Promise<void> {
    return this.access((state) => {
      requireUser(state, form.owner);
      state.bot.forms.set(form.id, form);
    });
  }

  findOwned(owner: UserId, id: string): Promise<GenerationForm | null> {
    return this.access(({ bot }) => {
      const form = bot.forms.get(id);
      return form?.owner === owner ? form : null;
    });
  }

  lastSaid(owner: UserId): Promise<GenerationForm | null> {
    return this.access(({ bot }) => {
      const said = [...bot.forms.values()].filter((form) => form.owner === owner && form.prompt !== null);
      return said.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())[0] ?? null;
    });
  }
}

export class InMemoryPendingReplyStore implements PendingReplyStore {
  constructor(private readonly access: Access) {}

  expect(pendingReply: PendingReply, _now: Date): Promise<void> {
    return this.access((state) => {
      requireUser(state, pendingReply.owner);
      const { owner, chat, kind } = pendingReply;
      // Behind the others: a map keeps the order in which its keys came.
      state.bot.pendingReplies.delete(`${owner} ${chat} ${kind}`);
      state.bot.pendingReplies.set(`${owner} ${chat} ${kind}`, pendingReply);
    });
  }

  list(owner: UserId, chat: string): Promise<PendingReply[]> {
    return this.access(({ bot }) =>
      [...bot.pendingReplies.values()]
        .filter((reply) => reply.owner === owner && reply.chat === chat)
        .reverse(),
    );
  }

  clear(owner: UserId, chat: string, kind: PendingReply['kind']): Promise<void> {
    return this.access(({ bot }) => {
      bot.pendingReplies.delete(`${owner} ${chat} ${kind}`);
    });
  }
}

const shown = (recipe: HideableRecipe | undefined): Recipe | null =>
  recipe === undefined || recipe.isHidden === true ? null : recipe;

export class InMemoryRecipeStore implements RecipeStore {
  constructor(private readonly access: Access) {}

  share(recipe: Recipe): Promise<Recipe | null> {
    return this.access((state) => {
      requireUser(state, recipe.owner);
      if (!state.generations.has(recipe.generation))
        throw new Error(`there is no generation ${recipe.generation}`);
      const kept = [...state.bot.recipes.values()].find(({ generation }) => generation === recipe.generation);
      if (kept !== undefined) return shown(kept);
      state.bot.recipes.set(recipe.id, recipe);
      return recipe;
    });
  }

  find(id: string): Promise<Recipe | null> {
    return this.access(({ bot }) => shown(bot.recipes.get(id)));
  }

  hide(id: string, _now: Date): Promise<void> {
    return this.access(({ bot }) => {
      const recipe = bot.recipes.get(id);
      if (recipe !== undefined) bot.recipes.set(id, { ...recipe, isHidden: true });
    });
  }
}

export class InMemoryGalleryViewStore implements GalleryViewStore {
  constructor(private readonly access: Access) {}

  save(view: GalleryView, _now: Date): Promise<void> {
    return this.access((state) => {
      requireUser(state, view.owner);
      state.bot.galleryViews.set(view.id, view);
    });
  }

  findOwned(owner: UserId, id: string): Promise<GalleryView | null> {
    return this.access(({ bot }) => {
      const view = bot.galleryViews.get(id);
      return view?.owner === owner ? view : null;
    });
  }
}
