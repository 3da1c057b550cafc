import { Composer } from 'grammy';
import type { Expectation } from '../../../application/ports/stores/expectation-store.js';
import { DomainError } from '../../../domain/errors.js';
import { type AvatarId, avatarId, type UserId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import { asMemo } from '../delivery/draft-notes.js';
import { wordsTo } from '../middleware/addressed.js';
import { say } from '../speaking.js';
import type { Toolbox } from '../toolbox.js';
import { AvatarCards } from './avatar-card.js';
import { Drafting } from './drafting.js';
import { GalleryScreens } from './gallery-screens.js';
import { isRestOfText } from './generate.js';
import { LoraImports } from './lora-files.js';
import { sentLoraOf } from './sent-lora.js';
import { Wishing } from './wishing.js';

/** A text that answers a question of the bot's, and `/cancel`, which takes the question back. */
export function expectedTextFeature(toolbox: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const { expectations } = toolbox.database.stores;
  const wishing = new Wishing(toolbox);
  const screens = new GalleryScreens(toolbox);
  const cards = new AvatarCards(toolbox);
  const drafting = new Drafting(toolbox);
  const imports = new LoraImports(toolbox);

  composer.command('cancel', async (context) => {
    const { id, words } = context.caller;
    const wasExpecting = await expectations.clear(id, String(context.chat.id));
    await say(context, words.html(wasExpecting ? 'cancel-done' : 'cancel-nothing'));
  });
  composer.on('message:text', async (context, next) => {
    if (context.message.text.startsWith('/')) return next();
    const { id } = context.caller;
    const chat = String(context.chat.id);
    const expected = await expectations.find(id, chat);
    if (expected === null) return next();
    if (expected.kind === 'rest-of-text') {
      if (isRestOfText(context.message, expected)) return;
      await expectations.clear(id, chat);
      return next();
    }
    // Its type is said by a button: this text is about something else.
    if (expected.kind === 'lora-file' && sentLoraOf(expected.subject)?.type == null) return next();
    await answer(context, expected, wordsTo(context));
    // Only now: a text that could not be used may be sent again.
    if ((await expectations.find(id, chat))?.subject === expected.subject) await expectations.clear(id, chat);
  });

  const hasDraft = async (owner: UserId, avatar: AvatarId): Promise<boolean> =>
    (await toolbox.database.stores.avatarDrafts.findOwned(owner, avatar)) !== null;
  const answer = async (context: BotContext, { kind, subject }: Expectation, text: string): Promise<void> => {
    const { id: owner } = context.caller;
    switch (kind) {
      case 'prompt':
        return wishing.answer(context, subject, text);
      case 'avatar-name': {
        const avatar = await toolbox.tendAvatar.rename({ owner, avatar: avatarId(subject) }, text);
        if (avatar.status === 'draft' && (await hasDraft(owner, avatar.id))) {
          await toolbox.tendDraft.note({ owner, avatar: avatar.id }, asMemo({ named: true }));
          return drafting.open(context, { owner, avatar: avatar.id });
        }
        return cards.show(context, avatar);
      }
      case 'lora-file':
        // Before the look into the file comes back with what it found.
        await expectations.clear(owner, String(context.chat?.id ?? owner));
        return imports.begin(context, subject, text);
      case 'gallery-words':
        return screens.search(context, subject, text);
      case 'gallery-page':
        return screens.jump(context, subject, text);
      case 'rest-of-text':
        throw new DomainError({ code: 'not_found', what: 'text' });
      default:
        return kind satisfies never;
    }
  };
  return composer;
}
