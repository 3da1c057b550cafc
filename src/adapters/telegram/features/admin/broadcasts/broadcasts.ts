import type { MessageId } from 'grammy/types';
import { DomainError } from '../../../../../domain/errors.js';
import type { BotContext } from '../../../bot-context.js';
import type { Feature } from '../../../bot-services.js';
import * as buttons from '../../../buttons/broadcast-buttons.js';
import { onButton, type Tapped } from '../../../buttons/on-button.js';
import { broadcastCard } from '../../../delivery/broadcasts/broadcast-card.js';
import { broadcastAt } from '../../../delivery/broadcasts/broadcast-places.js';
import { broadcastKeyboard } from '../../../delivery/broadcasts/telegram-broadcasts.js';
import { asMarkup, say, show } from '../../../replies.js';
import { bestEffort, troubleOf } from '../../../telegram-errors.js';
import type { Translator } from '../../../wording/translator.js';
import { Questions } from '../../questions.js';
import type { AdminArea } from '../admin-area.js';
import { Confirmations } from '../confirmations.js';
import { broadcastQuestion, readBroadcastQuestion } from './broadcast-question.js';
import { broadcastAsked, broadcastsScreen } from './broadcasts-screen.js';

const shownAtOnce = 10;

/** An operator writes to everybody: writes it, sees it as people will, confirms it, watches it, stops it. */
export const broadcastsArea: AdminArea = {
  opener: (texts) => buttons.broadcastsButton.button(texts.plain('button-broadcasts'), {}),
  feature: (operators, services) => broadcastsFeature(operators, services),
};

const broadcastsFeature: Feature = (operators, services) => {
  const { database, prepareBroadcast, startBroadcast, stopBroadcast, source, textsIn } = services;
  const questions = new Questions(services);
  const confirmations = new Confirmations(services);
  const open = async (context: Tapped) => {
    const { text, keyboard } = broadcastsScreen(
      await database.stores.broadcasts.list(shownAtOnce),
      context.user.texts,
    );
    await show(context, text, keyboard);
  };
  const card = async (context: Tapped, progress: Parameters<typeof broadcastCard>[0]) => {
    const { text, keyboard } = broadcastCard(progress, context.user.texts);
    await show(context, text, keyboard);
  };

  onButton(operators, buttons.broadcastsButton, open);
  onButton(operators, buttons.writeBroadcastButton, (context) => questions.ask(context, broadcastQuestion()));
  onButton(operators, buttons.translateBroadcastButton, async (context, { language, intent }) => {
    const card = context.callbackQuery.message?.message_id ?? 0;
    await questions.ask(context, broadcastQuestion({ language, intent, card }));
  });
  operators.on('message', async (context, next) => {
    const { text = '' } = context.message;
    const asked = text.startsWith('/') ? null : await questions.open(context);
    if (asked?.kind !== 'broadcast') return next();
    const { id: admin, texts } = context.user;
    const beside = readBroadcastQuestion(asked.subject);
    const preview = await previewOf(context, beside === null ? texts : textsIn(beside.language));
    if (preview === null) return;
    const chat = context.chat.id;
    const place = { bot: source, chat, message: preview.message_id, language: texts.language };
    const prepared = await prepareBroadcast
      .execute(broadcastAt(place), { admin, beside: beside ?? undefined })
      .catch(async (error: unknown) => {
        // Nothing is left that it could stand beside.
        if (error instanceof DomainError) await questions.end(context, asked);
        throw error;
      });
    // The new card asks the same about both.
    if (beside !== null) await bestEffort(() => context.api.deleteMessage(chat, beside.card));
    const asks = broadcastAsked(prepared, texts);
    if (prepared.intent === null) await say(context, asks.text, asks.keyboard);
    else await confirmations.put(context, prepared.intent, asks, say);
    // Until then it is tried again whatever fails, and would be taken for a wish.
    await questions.end(context, asked);
  });
  onButton(operators, buttons.dropBroadcastButton, (context) =>
    show(context, context.user.texts.html('cancel-done')),
  );
  onButton(operators, buttons.sendBroadcastButton, async (context, { intent }) => {
    await card(
      context,
      await startBroadcast.execute(intent, { admin: context.user.id, card: here(context) }),
    );
  });
  onButton(operators, buttons.broadcastButton, async (context, { broadcast }) => {
    const progress = await database.stores.broadcasts.find(broadcast);
    if (progress === null) throw new DomainError({ code: 'not_found', what: 'broadcast' });
    await card(context, progress);
  });
  onButton(operators, buttons.stopBroadcastButton, async (context, { broadcast }) => {
    await card(context, await stopBroadcast.execute(broadcast, { admin: context.user.id }));
  });

  const here = ({ chat, callbackQuery, user }: Tapped) =>
    broadcastAt({
      bot: source,
      chat: chat?.id ?? Number(user.id),
      message: callbackQuery.message?.message_id ?? 0,
      language: user.texts.language,
    });
};

/**
 * The message as people will get it. This copy is what is sent: what was written can still be edited by whoever wrote it.
 * `null`: it cannot be sent like this, and they were told.
 */
async function previewOf(context: BotContext, reader: Translator): Promise<MessageId | null> {
  const { texts } = context.user;
  if (context.message?.media_group_id !== undefined) {
    // Albums come as several messages; one answer is enough.
    if (context.message.caption !== undefined) await say(context, texts.html('broadcast-album'));
    return null;
  }
  try {
    const keyboard = broadcastKeyboard(reader);
    return await context.copyMessage(context.chat?.id ?? 0, { reply_markup: asMarkup(keyboard) });
  } catch (error) {
    if (troubleOf(error)?.kind !== 'refused') throw error;
    await say(context, texts.html('broadcast-cannot'));
    return null;
  }
}
