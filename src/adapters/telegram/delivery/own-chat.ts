import type { UserId } from '../../../domain/ids.js';
import { NowhereToSend, troubleOf } from '../telegram-errors.js';
import type { JobAddress } from './job-address.js';

/** An address, and whether it differs from the one that asked. */
export interface Destination extends JobAddress {
  readonly isElsewhere: boolean;
}

/**
 * Sends to the chat that asked; if the bot may not write there (a closed topic, no rights, it was removed), to the
 * person's private chat.
 * @throws NowhereToSend when neither takes it, however often it is tried
 */
export async function orInOwnChat<Sent>(
  asked: JobAddress,
  owner: UserId,
  send: (destination: Destination) => Promise<Sent>,
): Promise<Sent> {
  // The id of a private chat is the id of its person.
  const own = Number(owner);
  try {
    return await send({ ...asked, isElsewhere: false });
  } catch (error) {
    if (asked.chat === own || !isFinal(error)) throw error;
    return send({ ...asked, chat: own, message: null, quoted: false, isElsewhere: true }).catch(
      (second: unknown) => {
        throw isFinal(second) ? new NowhereToSend(troubleReason(second), { cause: second }) : second;
      },
    );
  }
}

/** Whether another try would end the same way. */
export function isFinal(error: unknown): boolean {
  switch (troubleOf(error)?.kind) {
    case 'unreachable':
    case 'closed':
    case 'no_photo':
    case 'refused':
      return true;
    default:
      return false;
  }
}

function troubleReason(error: unknown): string {
  const trouble = troubleOf(error);
  return trouble !== null && 'reason' in trouble ? trouble.reason : String(error);
}
