import { expect } from 'vitest';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import type { BotWorld } from '../adapters/telegram/a-bot.js';

/** Somebody in their chat with the bot. */
export class ChatPerson {
  constructor(
    private readonly bot: Pick<BotWorld, 'telegram'>,
    private readonly id: number,
  ) {}

  /** The number of what was written, to tell what came after it. */
  write(text: string): number {
    return this.bot.telegram.drive.sendText(this.id, text)[0]?.id ?? 0;
  }

  sees(words: string, after = 0): Promise<MessageView> {
    return this.bot.telegram.drive.waitForMessage(
      this.id,
      ({ id, from, text, caption }) =>
        id > after && from !== this.id && (text ?? caption ?? '').includes(words),
    );
  }

  /** What the bot says next, whatever it is: a wrong answer fails at once, and not after a long wait. */
  answerTo(text: string): Promise<MessageView> {
    const asked = this.write(text);
    return this.bot.telegram.drive.waitForMessage(this.id, ({ id, from }) => id > asked && from !== this.id);
  }

  picture(): Promise<MessageView> {
    return this.bot.telegram.drive.waitForMessage(this.id, ({ photo }) => photo !== undefined);
  }

  saw(words: string): MessageView[] {
    return this.bot.telegram.drive.messages(this.id).filter(({ text }) => text?.includes(words));
  }

  async tap(screen: MessageView, label: string): Promise<unknown> {
    const button = screen.buttons.flat().find(({ text }) => text.startsWith(label));
    expect(button, `"${label}" under "${screen.text}"`).toBeDefined();
    return this.bot.telegram.drive.tap(this.id, screen.id, button?.data ?? '');
  }
}
