import type { MessageEntity } from 'grammy/types';

export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** What markup with an address becomes; Telegram silently drops a link that leads nowhere. */
export function linkEntity(url: string, range: Range): MessageEntity[] {
  const isLink = /^(https?|tg|tonsite):\/\/\S+|^[^\s/]+\.[^\s/]+/i.test(url);
  return isLink ? [{ type: 'text_link', ...range, url: withScheme(url) }] : [];
}

/** Telegram writes links with their scheme. */
export const withScheme = (url: string): string => (/^[a-z]+:\/\//i.test(url) ? url : `http://${url}`);
