import type { Api } from 'grammy';
import { presetNames } from '../../domain/generation/preset.js';
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

/**
 * Sets the command menu and the text of an empty chat in every language of the bot. Other languages get the first
 * one.
 */
export async function announceCommands(api: Api, textsIn: (language: Language) => Translator): Promise<void> {
  for (const [index, language] of languages.entries()) {
    const texts = textsIn(language);
    const menu = commands.map((command) => ({
      command,
      description: texts.plain(`command-${command}`, { count: presetNames.length }),
    }));
    const description = texts.plain('bot-description');
    const others = index === 0 ? {} : { language_code: language };
    await api.setMyCommands(menu, others);
    await api.setMyDescription(description, others);
  }
}
