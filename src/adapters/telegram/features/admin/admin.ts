import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { adminButton } from '../../buttons/admin-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { type Screen, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';
import type { AdminCommand } from './admin-area.js';
import { adminAreas } from './admin-areas.js';
import { removePicker } from './people/person-picker.js';

/** What operators see and do. To everybody else there is no such command, and no such button. */
export const adminFeature: Feature = (composer, services) => {
  composer
    .filter(({ chat, user }) => chat?.type === 'private' && services.policy.admins.has(user.id))
    .use(operatorsOnly(services));
};

/** Everything that only operators may do. Nothing in it asks again who does it. */
export function operatorsOnly(services: BotServices): Composer<BotContext> {
  const operators = new Composer<BotContext>();
  const questions = new Questions(services);
  for (const { feature } of adminAreas) feature?.(operators, services);

  const commands = new Map(adminCommands(services));
  operators.command('admin', async (context) => {
    const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(context.match) ?? [];
    const command = commands.get(word.toLowerCase());
    if (command !== undefined) return void (await command(context, rest.trim()));
    const { text, keyboard } = await firstScreen(services, context.user.texts);
    await say(context, text, keyboard);
  });
  onButton(operators, adminButton, async (context) => {
    // Whoever goes back leaves what they were asked.
    const asked = await questions.openOf(context, 'operator');
    if (asked !== null) {
      await questions.end(context, asked);
      await removePicker(context, asked.subject);
    }
    const { text, keyboard } = await firstScreen(services, context.user.texts);
    await show(context, text, keyboard);
    // A new message took its place.
    if (context.callbackQuery.message?.photo !== undefined) await bestEffort(() => context.deleteMessage());
  });
  return operators;
}

/** What may come after `/admin`. */
export const adminCommands = (services: BotServices): (readonly [string, AdminCommand])[] =>
  adminAreas.flatMap(({ commands }) => Object.entries(commands?.(services) ?? {}));

async function firstScreen(services: BotServices, texts: Translator): Promise<Screen> {
  const openers = await Promise.all(
    adminAreas.map(async ({ opener, waiting }) => {
      if (opener === undefined) return { buttons: [], count: 0 };
      const count = (await waiting?.(services)) ?? 0;
      const button = opener(texts);
      return { buttons: [count === 0 ? button : { ...button, text: `${button.text} · ${count}` }], count };
    }),
  );
  const isWaiting = openers.some(({ count }) => count > 0);
  return {
    text: texts.html(isWaiting ? 'admin-waiting' : 'admin-well'),
    keyboard: inPairs(openers.flatMap(({ buttons }) => buttons)),
  };
}

const inPairs = (buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2));
