import { Composer } from 'grammy';
import type { MaybeInaccessibleMessage } from 'grammy/types';
import type { Wish } from '../../../../application/ports/stores/wish-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { UserId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import { againButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { useAvatarButton } from '../../buttons/settings-buttons.js';
import { openGenerateButton } from '../../buttons/start-buttons.js';
import * as buttons from '../../buttons/wish-buttons.js';
import { originOf } from '../../middleware/one-tap.js';
import { asCourtesy } from '../../telegram-errors.js';
import type { Toolbox } from '../../toolbox.js';
import { Questions } from '../questions.js';
import { Wishing } from './wishing.js';

/** The guided screen: avatar, preset, ratio and count, then words, then the button with the price. */
export function wishFeature(toolbox: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const wishing = new Wishing(toolbox);
  const questions = new Questions(toolbox);
  const { database, startWish, changeWish, orderWish, progress } = toolbox;

  const wishOf = async (owner: UserId, id: string): Promise<Wish> => {
    const wish = await database.stores.wishes.findOwned(owner, id);
    if (wish === null) throw new DomainError({ code: 'not_found', what: 'wish' });
    return wish;
  };

  onButton(composer, againButton, async (context, { generation }) => {
    const start = { kind: 'again', generation } as const;
    const wish = await startWish.execute(context.caller.id, start, originOf(context));
    await context.answerCallbackQuery();
    await wishing.open(context, wish);
  });
  onButton(composer, openGenerateButton, async (context) => {
    const start = { kind: 'new', prompt: null } as const;
    const wish = await startWish.execute(context.caller.id, start, originOf(context));
    await context.answerCallbackQuery();
    await wishing.open(context, wish);
  });
  onButton(composer, useAvatarButton, async (context, { avatar }) => {
    const { id: owner } = context.caller;
    const wish = await startWish.execute(owner, { kind: 'new', prompt: null }, originOf(context));
    await context.answerCallbackQuery();
    await wishing.open(context, await changeWish.execute(owner, wish.id, { choices: { avatar } }));
  });
  onButton(composer, buttons.wishMenuButton, async (context, { wish, menu }) =>
    wishing.refresh(context, await wishOf(context.caller.id, wish), menu),
  );
  onButton(composer, buttons.wishAvatarButton, async (context, { wish, avatar }) =>
    wishing.refresh(context, await changeWish.execute(context.caller.id, wish, { choices: { avatar } })),
  );
  onButton(composer, buttons.wishCompanionButton, async (context, { wish, avatar }) =>
    wishing.refresh(
      context,
      await changeWish.execute(context.caller.id, wish, { choices: { companion: avatar } }),
    ),
  );
  onButton(composer, buttons.wishPresetButton, async (context, { wish, preset }) =>
    wishing.refresh(context, await changeWish.execute(context.caller.id, wish, { choices: { preset } })),
  );
  onButton(composer, buttons.wishRatioButton, async (context, { wish, ratio }) =>
    wishing.refresh(
      context,
      await changeWish.execute(context.caller.id, wish, { choices: { aspectRatio: ratio } }),
    ),
  );
  onButton(composer, buttons.wishCountButton, async (context, { wish, count }) => {
    const choices = { count: Math.min(4, Math.max(1, count)) };
    await wishing.refresh(context, await changeWish.execute(context.caller.id, wish, { choices }));
  });
  onButton(composer, buttons.wishNewSeedButton, async (context, { wish }) =>
    wishing.refresh(context, await changeWish.execute(context.caller.id, wish, { forgetSeed: true })),
  );
  onButton(composer, buttons.wishWordsButton, async (context, { wish: id }) => {
    const wish = await wishOf(context.caller.id, id);
    const screen = context.callbackQuery.message;
    if (screen === undefined) return;
    await context.answerCallbackQuery();
    await questions.ask(context, { kind: 'prompt', subject: `${wish.id} ${screen.message_id}` });
  });
  onButton(composer, buttons.wishImproveButton, async (context, { wish: id }) => {
    const { caller } = context;
    const wish = await wishOf(caller.id, id);
    const message = context.callbackQuery.message;
    if (message === undefined) return;
    await wishing.allowHelp(caller);
    await wishing.refresh(context, wish, 'main', true);
    const how = caller.preferences.promptHelp === 'translate' ? 'translate' : 'enrich';
    wishing.improve(caller, wish, how, { chat: message.chat.id, message: message.message_id });
  });
  onButton(composer, buttons.wishOrderButton, async (context, { wish: id, words }) => {
    const { id: owner } = context.caller;
    const message = context.callbackQuery.message;
    const wish = await wishOf(owner, id);
    const isSuggested = words === 'suggested';
    const origin = originOf(context);
    const asked = askedBy(wish, message, isSuggested ? wish.suggestion : wish.prompt);
    const job = await orderWish.execute({
      owner,
      id,
      suggested: isSuggested,
      origin: { ...origin, address: { ...origin.address, ...asked } },
    });
    await context.answerCallbackQuery({ text: context.caller.words.plain('accepted') });
    await progress.begin(job, message && { chat: message.chat.id, message: message.message_id });
  });
  onButton(composer, buttons.wishCloseButton, async (context, { wish: id }) => {
    const { id: owner } = context.caller;
    await wishOf(owner, id);
    await database.stores.expectations.clear(owner, String(context.chat?.id ?? owner));
    await asCourtesy(() => context.deleteMessage());
  });
  return composer;
}

/** The words that were asked for, else the message that the wish began with: the picture answers it. */
function askedBy({ origin }: Wish, screen: MaybeInaccessibleMessage | undefined, prompt: string | null) {
  const said = screen !== undefined && 'text' in screen ? screen.reply_to_message : undefined;
  const isQuoted = prompt !== null && inOneLine(said?.text ?? '').includes(inOneLine(prompt));
  return { message: origin.address.message ?? null, quoted: isQuoted };
}

const inOneLine = (text: string): string => text.replace(/\s+/gu, ' ');
