import type { LinkPreviewOptions } from 'grammy/types';
import { badRequest } from '../../bot-api-error.js';
import type { MessageContent } from '../../state/message-store.js';
import { isTrue } from '../method-parameters.js';

/** What a text says about the preview of its link, as its message shows it: only what was asked for. */
export function linkPreview(given: unknown): MessageContent {
  if (given === undefined) return {};
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw badRequest('object expected as link preview options');
  const { is_disabled, url, prefer_small_media, prefer_large_media, show_above_text } = given as Record<
    string,
    unknown
  >;
  if (isTrue(is_disabled)) return { link_preview_options: { is_disabled: true } };
  const options: LinkPreviewOptions = {
    ...(typeof url === 'string' && url !== '' ? { url } : {}),
    ...(isTrue(prefer_small_media) ? { prefer_small_media: true } : {}),
    ...(isTrue(prefer_large_media) ? { prefer_large_media: true } : {}),
    ...(isTrue(show_above_text) ? { show_above_text: true } : {}),
  };
  return Object.keys(options).length === 0 ? {} : { link_preview_options: options };
}
