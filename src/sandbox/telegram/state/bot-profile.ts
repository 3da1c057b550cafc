import type { BotCommand, BotCommandScope, MenuButton } from 'grammy/types';
import type { ChatEvents } from './chat-events.js';
import type { Collection, Journal } from './journal.js';

export type ProfileText = 'name' | 'description' | 'short_description';

/** How the bot presents itself: commands by scope and language, texts by language, the default menu button. */
export class BotProfile {
  private readonly commands: Collection<readonly BotCommand[]>;
  private readonly texts: Collection<string>;
  private readonly menuButtons: Collection<MenuButton>;

  constructor(
    journal: Journal,
    private readonly events: ChatEvents,
  ) {
    this.commands = journal.collection('commands');
    this.texts = journal.collection('texts');
    this.menuButtons = journal.collection('menu_button');
  }

  /** Exactly what was set for this scope and language, as `getMyCommands` shows it. */
  commandsFor(scope: BotCommandScope, language: string): readonly BotCommand[] {
    return this.commands.get(commandKey(scope, language)) ?? [];
  }

  setCommands(scope: BotCommandScope, language: string, commands: readonly BotCommand[]): void {
    if (commands.length === 0) this.commands.delete(commandKey(scope, language));
    else this.commands.set(commandKey(scope, language), commands);
    this.events.emit({ type: 'profile' });
  }

  /**
   * The commands one person sees in one chat: the narrowest scope that has any, their language before none.
   * Source: https://core.telegram.org/bots/api#determining-list-of-commands
   */
  commandsSeen(chatId: number, personId: number, language: string): readonly BotCommand[] {
    const wide: BotCommandScope[] =
      chatId === personId ? [{ type: 'all_private_chats' }] : [{ type: 'all_group_chats' }];
    const scopes: BotCommandScope[] = [{ type: 'chat', chat_id: chatId }, ...wide, { type: 'default' }];
    if (chatId !== personId) scopes.unshift({ type: 'chat_member', chat_id: chatId, user_id: personId });
    for (const scope of scopes) {
      for (const code of [language, '']) {
        const commands = this.commandsFor(scope, code);
        if (commands.length > 0) return commands;
      }
    }
    return [];
  }

  text(kind: ProfileText, language: string): string {
    return this.texts.get(`${kind}:${language}`) ?? (language === '' ? '' : this.text(kind, ''));
  }

  setText(kind: ProfileText, language: string, text: string): void {
    this.texts.set(`${kind}:${language}`, text);
    this.events.emit({ type: 'profile' });
  }

  get menuButton(): MenuButton {
    return this.menuButtons.get('default') ?? { type: 'commands' };
  }

  set menuButton(button: MenuButton) {
    this.menuButtons.set('default', button);
    this.events.emit({ type: 'profile' });
  }
}

function commandKey(scope: BotCommandScope, language: string): string {
  const chat = 'chat_id' in scope ? scope.chat_id : '';
  const user = 'user_id' in scope ? scope.user_id : '';
  return [scope.type, chat, user, language].join(':');
}
