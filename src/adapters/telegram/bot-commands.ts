import type { Api } from 'grammy';
import type { Logger } from '../../application/ports/logger.js';
import { presetNames } from '../../domain/generation/preset.js';
import type { UserId } from '../../domain/ids.js';
import { bestEffort, troubleOf } from './telegram-errors.js';
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
  'promo',
  'invite',
  'settings',
  'privacy',
  'api',
  'terms',
  'paysupport',
  'help',
  'cancel',
] as const;

/** Where nothing is sold, these say little: they answer, and stand in no menu. */
const ofSelling: readonly string[] = ['buy', 'promo', 'invite', 'terms', 'paysupport'];

/** Whom the commands of operators are shown to, and whether credits are sold. */
interface Shown {
  readonly isSelling: boolean;
  readonly admins: ReadonlySet<UserId>;
  readonly log: Logger;
}

/** Where the menus of commands are set: the one that everybody sees, and the one of operators with a command more. */
export class CommandMenus {
  /** Operators who have no chat with the bot yet: Telegram takes no menu for them. */
  private readonly unknown = new Set<UserId>();
  private readonly menus;

  constructor(
    private readonly api: Api,
    textsIn: (language: Language) => Translator,
    private readonly shown: Shown,
  ) {
    // Other languages get the first one.
    this.menus = languages.map((language, index) => {
      const texts = textsIn(language);
      const offered = commands.filter((command) => shown.isSelling || !ofSelling.includes(command));
      const menu = [...offered, 'admin' as const].map((command) => ({
        command,
        description: texts.plain(`command-${command}`, { count: presetNames.length }),
      }));
      return { texts, menu, others: index === 0 ? {} : { language_code: language } };
    });
  }

  /** Sets the command menu and the text of an empty chat in every language of the bot. */
  async announce(): Promise<void> {
    for (const { texts, menu, others } of this.menus) {
      const everybodys = menu.filter(({ command }) => command !== 'admin');
      await this.api.setMyCommands(everybodys, others);
      await this.api.setMyDescription(texts.plain('bot-description'), others);
    }
    for (const admin of this.shown.admins) await this.announceTo(admin);
  }

  /** An operator writes: if there was no chat before, there is one now. */
  async greet(operator: UserId): Promise<void> {
    if (!this.unknown.delete(operator)) return;
    if (!(await bestEffort(() => this.announceTo(operator)))) this.unknown.add(operator);
  }

  private async announceTo(operator: UserId): Promise<void> {
    const scope = { type: 'chat' as const, chat_id: Number(operator) };
    try {
      for (const { menu, others } of this.menus) await this.api.setMyCommands(menu, { ...others, scope });
    } catch (error) {
      if (troubleOf(error)?.kind !== 'unreachable') throw error;
      this.unknown.add(operator);
      this.shown.log.info('an operator has no chat with the bot yet, so no menu of their own', {
        person: operator,
      });
    }
  }
}
