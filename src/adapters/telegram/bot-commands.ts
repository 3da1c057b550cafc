import { type Api, GrammyError } from 'grammy';
import type { Logger } from '../../application/ports/logger.js';
import { presetNames } from '../../domain/generation/preset.js';
import type { UserId } from '../../domain/ids.js';
import { type Language, languages, type Translator } from './wording/translator.js';

/** The commands in the menu of the chat, in this order. */
const commands = [
  'generate',
  'gallery',
  'avatars',
  'new',
  'presets',
  'balance',
  'buy',
  'settings',
  'privacy',
  'help',
  'cancel',
] as const;

/** Whom the commands of operators are shown to. */
interface Operators {
  readonly admins: ReadonlySet<UserId>;
  readonly log: Logger;
}

/**
 * Sets the command menu and the text of an empty chat in every language of the bot. Other languages get the first
 * one. Operators have a menu of their own, with one command more.
 */
export async function announceCommands(
  api: Api,
  textsIn: (language: Language) => Translator,
  { admins, log }: Operators,
): Promise<void> {
  const menus = languages.map((language, index) => {
    const texts = textsIn(language);
    const menu = [...commands, 'admin' as const].map((command) => ({
      command,
      description: texts.plain(`command-${command}`, { count: presetNames.length }),
    }));
    return { texts, menu, others: index === 0 ? {} : { language_code: language } };
  });
  for (const { texts, menu, others } of menus) {
    const everybodys = menu.filter(({ command }) => command !== 'admin');
    await api.setMyCommands(everybodys, others);
    await api.setMyDescription(texts.plain('bot-description'), others);
  }
  for (const admin of admins)
    try {
      const scope = { type: 'chat' as const, chat_id: Number(admin) };
      for (const { menu, others } of menus) await api.setMyCommands(menu, { ...others, scope });
    } catch (error) {
      // They have never written to the bot; the next start shows them theirs.
      if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
      log.info('an operator has no chat with the bot yet, so no menu of their own', { person: admin });
    }
}
