import { DomainError, invalidInput } from '../../domain/errors.js';
import { checkPrompt } from '../../domain/generation/prompt.js';
import type { UserId } from '../../domain/ids.js';
import type { Choices } from '../ports/stores/preference-store.js';
import type { Database } from '../ports/stores/stores.js';
import type { Wish } from '../ports/stores/wish-store.js';

export interface WishChange {
  readonly choices?: Partial<Choices> | undefined;
  readonly prompt?: string | undefined;
  readonly suggestion?: string | null | undefined;
  /** Drops a seed that was taken over, so that the picture is a new one. */
  readonly forgetSeed?: boolean | undefined;
}

/** Changes a picture that is still being chosen, and remembers the choices for the next one. */
export class ChangeWish {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `not_found` (also for somebody else's), `invalid_input` for a prompt that cannot be used. */
  async execute(owner: UserId, id: string, change: WishChange): Promise<Wish> {
    if (change.prompt !== undefined) {
      const problems = checkPrompt(change.prompt);
      if (problems.length > 0) throw invalidInput(problems);
    }
    return this.database.transaction(async (stores) => {
      const wish = await stores.wishes.findOwned(owner, id);
      if (wish === null) throw new DomainError({ code: 'not_found', what: 'wish' });
      const { seed: _, ...unseeded } = wish.overrides;
      const next: Wish = {
        ...wish,
        choices: { ...wish.choices, ...change.choices },
        prompt: change.prompt?.trim() ?? wish.prompt,
        suggestion: change.suggestion === undefined ? wish.suggestion : change.suggestion,
        overrides: change.forgetSeed === true ? unseeded : wish.overrides,
      };
      await stores.wishes.save(next);
      // Whom somebody was shown with once is no habit.
      const { companion: __, ...lastChoices } = next.choices;
      if (change.choices !== undefined) await stores.preferences.change(owner, { lastChoices });
      return next;
    });
  }
}
