import { appealLength } from '../../../../application/operator/cases/appeal-block.js';
import type { Block } from '../../../../application/ports/stores/operator/block-store.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { leaveAppealButton } from '../../buttons/access-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { say, show } from '../../replies.js';
import type { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** Somebody who was blocked asks to be let in again: `/appeal`, and then one message. */
export const appealFeature: Feature = (composer, { database, clock }) => {
  const { blocks, pendingReplies } = database.stores;
  const inPrivate = composer.filter(({ chat }) => chat?.type === 'private');
  inPrivate.command('appeal', async (context) => {
    const { id: owner, texts } = context.user;
    const block = await blocks.find(owner);
    if (block === null) return void (await say(context, texts.html('appeal-free')));
    if (block.appealedAt !== null) return void (await say(context, await madeBefore(database, block, texts)));
    const question = { owner, chat: owner, kind: 'appeal', subject: block.at.toISOString() } as const;
    await pendingReplies.expect(question, clock.now());
    const leave = leaveAppealButton.button(texts.plain('button-leave-question'), {});
    await say(context, texts.html('appeal-say'), [[leave]]);
  });
  onButton(inPrivate, leaveAppealButton, async (context) => {
    const { id: owner, texts } = context.user;
    await pendingReplies.clear(owner, owner, 'appeal');
    await show(context, texts.html('cancel-done'));
  });
};

/** Where the one appeal against this block is, and what comes next. */
async function madeBefore(
  { stores }: BotServices['database'],
  { user, at, appealedAt }: Block,
  texts: Translator,
): Promise<Html> {
  const made = (await stores.cases.concerning(user)).find(
    ({ kind, subject }) => kind === 'appeal' && subject === at.toISOString(),
  );
  // Gone with their data, or answered; whoever was let in again is not blocked.
  if (made === undefined) return texts.html('appeal-before', { at: appealedAt ?? at });
  const { openedAt: since, decidedAt } = made;
  return decidedAt === null
    ? texts.html('appeal-waits', { since })
    : texts.html('appeal-answered', { at: decidedAt });
}

type Services = Pick<BotServices, 'appealBlock' | 'database'>;

/**
 * Takes the message of somebody blocked who was asked for it, and nothing goes on from there. `false`: it is none.
 * Asked under an earlier block they are not asked any more.
 */
export async function takeAppeal({ appealBlock, database }: Services, context: BotContext): Promise<boolean> {
  const { message, chat, user } = context;
  if (message === undefined || chat?.type !== 'private' || message.text?.startsWith('/')) return false;
  const { blocks, pendingReplies } = database.stores;
  const asked = (await pendingReplies.list(user.id, user.id)).find(({ kind }) => kind === 'appeal');
  const block = asked === undefined ? null : await blocks.find(user.id);
  if (block === null || block.at.toISOString() !== asked?.subject) return false;
  const words = cut(message.text?.trim() ?? '', appealLength);
  if (words === '') {
    await say(context, user.texts.html('appeal-in-words'));
    return true;
  }
  const came = await appealBlock.execute({ words }, { owner: user.id });
  await pendingReplies.clear(user.id, user.id, 'appeal');
  const said =
    came === 'before' ? await madeBefore(database, block, user.texts) : user.texts.html(`appeal-${came}`);
  await say(context, said);
  return true;
}
