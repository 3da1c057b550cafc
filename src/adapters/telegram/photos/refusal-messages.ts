import type { Api } from 'grammy';
import type { Mine } from '../../../application/avatars/update-avatar-draft.js';
import { photoLimits } from '../../../domain/avatar/photo.js';
import { cut } from '../../../domain/text/cut-text.js';
import { asTransportState, draftStateOf, type RefusedPhotos } from '../delivery/drafts/draft-state.js';
import { answering, asMessage, rewrite } from '../replies.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { bestEffort } from '../telegram-errors.js';
import { Html } from '../wording/html.js';
import { megabytes } from '../wording/megabytes.js';
import type { Translator } from '../wording/translator.js';
import { waitText } from '../wording/wait-texts.js';
import type { RefusedFile } from './refused-file.js';

/** How many names are listed; the rest is counted. */
const namesShown = 8;

/** Photos without an album are reported together. */
const singly = 'singly';
const albumOf = ({ sent }: RefusedFile): string => sent.album ?? singly;

/** Says in one message per album which photos were not taken, and why. */
export class RefusalMessages {
  constructor(
    private readonly api: Api,
    private readonly uploads: Api,
    private readonly dependencies: Pick<TelegramDependencies, 'database' | 'updateAvatarDraft'>,
  ) {}

  /** Returns the last message that says so; 0 when there is nothing to say. */
  async tell(mine: Mine, refused: readonly RefusedFile[], texts: Translator): Promise<number> {
    let last = 0;
    for (const album of new Set(refused.map(albumOf))) {
      const files = refused.filter((file) => albumOf(file) === album);
      last = Math.max(last, await this.tellAlbum(mine, album, files, texts));
    }
    return last;
  }

  private async tellAlbum(
    mine: Mine,
    album: string,
    files: readonly RefusedFile[],
    texts: Translator,
  ): Promise<number> {
    const { avatarDrafts } = this.dependencies.database.stores;
    const draft = await avatarDrafts.findOwned(mine.owner, mine.avatar);
    const earlier = draft === null ? null : draftStateOf(draft).refused;
    const chat = Number(mine.owner);
    const lines = files.map((file) => lineOf(file, texts).source);
    // The rest of an album that arrived in two parts.
    if (earlier?.album === album && album !== singly) {
      const reasons = [...earlier.reasons, ...lines];
      const { message } = earlier;
      await rewrite(this.api, { chat, message }, { text: textOf(reasons, texts), keyboard: [] });
      await this.remember(mine, { album, message, reasons });
      return message;
    }
    let message = 0;
    await bestEffort(async () => {
      const sent = await this.uploads.sendMessage(chat, textOf(lines, texts).source, {
        ...asMessage(),
        ...answering(files[0]?.sent.message),
      });
      if (draft !== null) await this.remember(mine, { album, message: sent.message_id, reasons: lines });
      message = sent.message_id;
    });
    return message;
  }

  private async remember(mine: Mine, refused: RefusedPhotos): Promise<void> {
    await this.dependencies.updateAvatarDraft.saveTransportState(mine, asTransportState({ refused }));
  }
}

/** `lines`: HTML of ours, in which what people typed is escaped. */
function textOf(lines: readonly string[], texts: Translator): Html {
  const counted = new Map<string, number>();
  for (const line of lines) counted.set(line, (counted.get(line) ?? 0) + 1);
  const shown = [...counted].slice(0, namesShown);
  const rest = lines.length - shown.reduce((sum, [, count]) => sum + count, 0);
  return Html.join([
    texts.html('photos-refused', { count: lines.length }),
    ...shown.map(([line, count]) => Html.trusted(`• ${line}${count > 1 ? ` × ${count}` : ''}`)),
    rest > 0 && texts.html('photos-refused-more', { count: rest }),
  ]);
}

function lineOf({ name, reason, sent, limit }: RefusedFile, texts: Translator): Html {
  const most = reason === 'beyond_telegram' ? limit : photoLimits.bytes;
  const why = texts.html(`photo-${reason}`, {
    wait: waitText(sent.wait ?? 0, texts),
    limit: megabytes(most),
  });
  return name === null ? why : texts.html('photo-refused-name', { name: cut(name, 60), reason: why });
}
