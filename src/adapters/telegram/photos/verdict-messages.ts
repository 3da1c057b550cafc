import { type Api, InputFile } from 'grammy';
import type { Mine } from '../../../application/avatars/update-avatar-draft.js';
import { NoSuchFile } from '../../../application/ports/media-store.js';
import type { SheetEntry } from '../../../application/ports/pictures/contact-sheet.js';
import { type DraftPhoto, mainWarning, photoLimits, twinOf } from '../../../domain/avatar/photo.js';
import type { PhotoId } from '../../../domain/ids.js';
import { cut } from '../../../domain/text/cut-text.js';
import { draftsButton } from '../buttons/avatar-buttons.js';
import { answering, asCaption, asMessage } from '../replies.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { bestEffort } from '../telegram-errors.js';
import { Html } from '../wording/html.js';
import { megabytes } from '../wording/megabytes.js';
import type { Translator } from '../wording/translator.js';
import { waitText } from '../wording/wait-texts.js';
import type { PhotoOutcome, RefusedPhoto } from './photo-outcome.js';
import type { SentPhoto } from './sent-photo.js';

/** So many are shown and told of; the rest is counted. */
const mostShown = 10;

/** What Telegram takes under a picture; longer texts are a message of their own. */
const longestCaption = 1024;

/** A photo that its owner should know something about, or an archive. */
interface Verdict {
  readonly sent: SentPhoto;
  /** Its place among the photos that were sent; `null` for an archive. */
  readonly number: number | null;
  readonly tone: SheetEntry['tone'];
  readonly name: string | null;
  readonly reason: Html;
  readonly shown: Uint8Array | DraftPhoto | null;
  readonly twin: DraftPhoto | null;
}

/** Says which photos were not taken or are doubtful, and shows them with their numbers: in one message if that holds it. */
export class VerdictMessages {
  constructor(
    private readonly uploads: Api,
    private readonly dependencies: Pick<TelegramDependencies, 'database' | 'media' | 'contactSheet'>,
  ) {}

  /** `outcomes`: of all that was sent, in that order. Returns the message; 0 when there is nothing to say. */
  async tell(mine: Mine, outcomes: readonly PhotoOutcome[], texts: Translator): Promise<number> {
    const photos = await this.dependencies.database.stores.photos.list(mine.avatar);
    const places = placesOf(outcomes);
    const verdicts = outcomes.flatMap(
      (each, index) => verdictOn(each, places.numbers[index] ?? null, photos, places, texts) ?? [],
    );
    // One doubtful photo alone stands on the screen of its avatar. Beside its twin it is worth a look.
    const isWorthIt = verdicts.some(({ tone, twin }) => tone === 'refused' || twin !== null);
    if (!isWorthIt && (verdicts.length === 0 || places.total === 1)) return 0;
    const shown = verdicts.slice(0, mostShown);
    const sheet = await this.sheetOf(shown, places);
    const chat = Number(mine.owner);
    const text = textOf(shown, verdicts.length - shown.length, places, texts);
    const reply = answering(verdicts[0]?.sent.message);
    // Whose avatar is gone has no screen of it below.
    const isLost = outcomes.some((each) => 'reason' in each && each.reason === 'no_draft');
    const way = isLost ? [[draftsButton.button(texts.plain('button-my-photos'), {})]] : [];
    const isCaption = sheet !== null && text.text.length <= longestCaption;
    let message = 0;
    await bestEffort(async () => {
      if (sheet !== null) {
        const extra = { ...(isCaption ? asCaption(text, way) : {}), ...reply };
        message = (await this.uploads.sendPhoto(chat, new InputFile(sheet, 'photos.jpg'), extra)).message_id;
      }
      if (!isCaption)
        message = (await this.uploads.sendMessage(chat, text.source, { ...asMessage(way), ...reply }))
          .message_id;
    });
    return message;
  }

  /** `null` when there is nothing to see. */
  private async sheetOf(verdicts: readonly Verdict[], { total, of }: Places): Promise<Uint8Array | null> {
    const entries = await Promise.all(
      verdicts
        .filter(({ number }) => number !== null)
        .map(async ({ number, tone, shown, twin }) => ({
          number: total === 1 ? null : number,
          tone,
          picture: await this.small(shown),
          like: twin && { number: of.get(twin.id) ?? null, picture: await this.small(twin) },
        })),
    );
    const isSeen = entries.some(({ picture, like }) => (picture ?? like) !== null);
    return isSeen ? this.dependencies.contactSheet.compose(entries) : null;
  }

  /** `null` also for one that its owner has removed by now. */
  private async small(shown: Verdict['shown']): Promise<Uint8Array | null> {
    if (shown === null || shown instanceof Uint8Array) return shown;
    try {
      return await this.dependencies.media.bytes(shown.thumbnailKey);
    } catch (error) {
      if (error instanceof NoSuchFile) return null;
      throw error;
    }
  }
}

/** How the photos of a sending are counted: one archive holds many, and is none itself. */
interface Places {
  readonly total: number;
  /** Of each outcome. */
  readonly numbers: ReadonlyArray<number | null>;
  /** Of those that were taken. */
  readonly of: ReadonlyMap<PhotoId, number>;
}

function placesOf(outcomes: readonly PhotoOutcome[]): Places {
  let total = 0;
  const numbers: (number | null)[] = [];
  const of = new Map<PhotoId, number>();
  for (const each of outcomes) {
    const isPhoto = 'taken' in each || !each.reason.startsWith('archive_');
    if (isPhoto) total += 1;
    if ('taken' in each) of.set(each.taken.id, total);
    numbers.push(isPhoto ? total : null);
  }
  return { total, numbers, of };
}

function verdictOn(
  outcome: PhotoOutcome,
  number: number | null,
  photos: readonly DraftPhoto[],
  { of }: Places,
  texts: Translator,
): Verdict | null {
  const resembling = (twin: DraftPhoto, code: 'photo-same' | 'photo-like'): Html => {
    const other = of.get(twin.id);
    return other === undefined ? texts.html(`${code}-earlier`) : texts.html(code, { number: other });
  };
  if (!('taken' in outcome)) {
    const { sent, name, like, preview } = outcome;
    const reason = like === null ? refusalReason(outcome, texts) : resembling(like, 'photo-same');
    return {
      sent,
      number,
      tone: 'refused',
      name,
      reason,
      shown: preview ?? like,
      twin: null,
    };
  }
  const photo = photos.find(({ id }) => id === outcome.taken.id);
  const warning = photo?.status === 'warned' ? mainWarning(photo) : null;
  if (photo === undefined || warning === null) return null;
  const twin = warning === 'near_duplicate' ? twinOf(photo, photos) : null;
  const reason = twin === null ? texts.html(`photo-${warning}`) : resembling(twin, 'photo-like');
  return { sent: outcome.sent, number, tone: 'doubtful', name: null, reason, shown: photo, twin };
}

function refusalReason({ reason, sent, limit }: RefusedPhoto, texts: Translator): Html {
  const most = reason === 'beyond_telegram' ? limit : photoLimits.bytes;
  return texts.html(`photo-${reason}`, { wait: waitText(sent.wait ?? 0, texts), limit: megabytes(most) });
}

function textOf(verdicts: readonly Verdict[], more: number, { total }: Places, texts: Translator): Html {
  const part = (tone: Verdict['tone']) => {
    const some = verdicts.filter((each) => each.tone === tone && each.number !== null);
    return some.length === 0
      ? []
      : [texts.html(`photos-${tone}`, { count: some.length }), ...linesOf(some, total, texts)];
  };
  const archives = verdicts.filter(({ number }) => number === null);
  return Html.join([
    ...part('refused'),
    ...part('doubtful'),
    ...linesOf(archives, 1, texts),
    more > 0 && texts.html('photos-refused-more', { count: more }),
  ]);
}

/** One line for all photos of which the same is to be said. */
function linesOf(verdicts: readonly Verdict[], total: number, texts: Translator): Html[] {
  const lines = new Map<string, { what: Html; numbers: number[] }>();
  for (const { number, name, reason } of verdicts) {
    const what = name === null ? reason : texts.html('photo-refused-name', { name: cut(name, 60), reason });
    const line = lines.get(what.source) ?? { what, numbers: [] };
    lines.set(what.source, line);
    if (number !== null) line.numbers.push(number);
  }
  return [...lines.values()].map(({ what, numbers }) =>
    total > 1 && numbers.length > 0
      ? Html.join([Html.trusted(`<b>${numbers.join(', ')}</b>`), what], ' · ')
      : Html.trusted(`• ${what.source}`),
  );
}
