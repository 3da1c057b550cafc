import { badRequest } from '../bot-api-error.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws BotApiError 400 in the words in which people meet it: with a terminal or a text of another encoding */
export function utf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw notUtf8();
  }
}

export const notUtf8 = (): Error => badRequest('strings must be encoded in UTF-8');
