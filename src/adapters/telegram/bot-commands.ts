import type { Api } from 'grammy';
import { type Language, languages, type Words } from './wording/words.js';

/** The commands in the menu of the chat, in this order. */
const commands = [
  'generate',
  'gallery',
  'avatars',
  'presets',
  'balance',
  'settings',
  'help',
  'cancel',
] as const;

/** Shows the menu in every language we speak; who reads another one gets the first. */
export async function announceCommands(api: Api, wordsIn: (language: Language) => Words): Promise<void> {
  for (const [index, language] of languages.entries()) {
    const words = wordsIn(language);
    const menu = commands.map((command) => ({ command, description: words.plain(`command-${command}`) }));
    if (index === 0) await api.setMyCommands(menu);
    else await api.setMyCommands(menu, { language_code: language });
  }
}
