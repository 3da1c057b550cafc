import type { InlineKeyboardButton } from 'grammy/types';
import type { UserId } from '../../../domain/ids.js';
import type { JobNamed } from '../../../domain/operator/act.js';
import type { Origin } from '../../../domain/origin.js';
import { jobStoryButton } from '../buttons/trouble-buttons.js';
import type { Translator } from '../wording/translator.js';

/** What an operator finds under jobs of their own, in their own chat. Nobody else has it: no row. */
export function jobStoryRows(
  job: JobNamed,
  { owner, origin }: { readonly owner: UserId; readonly origin: Origin },
  texts: Translator,
  admins: ReadonlySet<UserId>,
): InlineKeyboardButton[][] {
  if (!admins.has(owner) || String(origin.address.chat) !== owner) return [];
  return [[jobStoryButton.button(texts.plain('button-what-happened'), { ...job, from: 0 })]];
}
