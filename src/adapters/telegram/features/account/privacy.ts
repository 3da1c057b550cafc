import type { Readable } from 'node:stream';
import { InputFile } from 'grammy';
import { ownData } from '../../../../application/personal-data/stored-data.js';
import type { UserId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import * as buttons from '../../buttons/privacy-buttons.js';
import { oncePerTap } from '../../middleware/one-tap.js';
import { asMessage, type Keyboard, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { leftAtFalText } from './deletion-texts.js';

const minutesOfDay = 24 * 60;
/** How long the question can be answered with yes. Minutes. */
const questionStands = 10;

/** What is stored and for how long, the export as a ZIP, and the deletion. */
export const privacyFeature: Feature = (composer, services) => {
  const { clock, describeStoredData, exportUserData, deleteUser, background, uploads, log } = services;
  const minute = (): number => Math.floor(clock.now().getTime() / 60_000);
  /** Asks, and names what stays. */
  const ask = async (context: BotContext, put: typeof say | typeof show) => {
    const { id, texts } = context.user;
    const { ledger, subscriptions } = services.database.stores;
    const [{ balance }, months] = await Promise.all([ledger.account(id), subscriptions.list(id)]);
    const text = Html.join(
      [
        texts.html('delete-me-ask'),
        months.some(({ state }) => state === 'active') && texts.html('delete-me-month'),
        texts.html('privacy-money', { balance }),
        texts.html('delete-me-time'),
      ],
      '\n\n',
    );
    await put(context, text, answers(id, minute(), texts));
  };

  composer.command('privacy', async (context) => {
    const { id, texts } = context.user;
    const { counts, photoDays, replacedWeightsDays, draftDays, atFal } = await describeStoredData.execute(
      { user: id },
      { owner: id },
    );
    const { balance } = await services.database.stores.ledger.account(id);
    const text = Html.join(
      [
        texts.html('privacy-title'),
        texts.html('privacy-here', {
          avatars: texts.html('count-avatars', { count: counts.avatars }),
          photos: texts.html('count-photos', { count: counts.photos }),
          images: texts.html('count-images', { count: counts.images }),
        }),
        texts.html('privacy-faces'),
        texts.html('privacy-how-long', {
          days: photoDays,
          weights: replacedWeightsDays,
          drafts: draftDays,
        }),
        texts.html('privacy-at-fal', {
          hours: atFal.photosHours,
          weights: atFal.weightsDays,
          images: atFal.imagesDays,
          words: atFal.wordsDays,
        }),
        texts.html('privacy-money', { balance }),
      ],
      '\n\n',
    );
    await say(context, text, [
      [buttons.exportDataButton.button(texts.plain('button-export-data'), { user: id })],
      [buttons.deleteMeButton.button(texts.plain('button-delete-me'), { user: id })],
    ]);
  });
  onButton(composer, buttons.exportDataButton, (context, { user }) => {
    // First of all, also for a double tap: a button of somebody else answers that there is nothing.
    const owner = ownData({ user }, { owner: context.user.id });
    return oncePerTap(services, context, async () => {
      const { texts } = context.user;
      const { fileName, body } = await exportUserData.execute({ user }, { owner });
      await context.answerCallbackQuery({ text: texts.plain('export-coming') });
      background.start('sending what is stored of a person', async () => {
        try {
          for await (const part of inParts(body)) {
            const name = part.isOnly ? fileName : `${fileName}.${String(part.number).padStart(3, '0')}`;
            const caption = texts.plain(part.isOnly ? 'export-caption' : 'export-caption-part');
            // Always to their private chat, whichever chat the button was tapped in.
            await uploads.sendDocument(Number(owner), new InputFile(part.bytes, name), { caption });
          }
        } catch (error) {
          // They were told that the export is coming.
          const again = buttons.exportDataButton.button(texts.plain('button-export-data'), { user });
          const { source } = texts.html('export-failed');
          await bestEffort(() => uploads.sendMessage(Number(owner), source, asMessage([[again]])));
          throw error;
        }
      });
    });
  });
  onButton(composer, buttons.deleteMeButton, async (context, { user }) => {
    ownData({ user }, { owner: context.user.id });
    await context.answerCallbackQuery();
    await ask(context, say);
  });
  onButton(composer, buttons.deleteMeNoButton, (context, { user }) => {
    ownData({ user }, { owner: context.user.id });
    return show(context, context.user.texts.html('delete-me-kept'));
  });
  onButton(composer, buttons.deleteMeYesButton, async (context, { user, day, asked }) => {
    const owner = ownData({ user }, { owner: context.user.id });
    const { texts } = context.user;
    const age = minute() - (day * minutesOfDay + asked);
    if (age < 0 || age > questionStands) return ask(context, show);
    await context.answerCallbackQuery();
    const receipt = await deleteUser.execute({ user }, { owner });
    const { avatars = 0, photos = 0, images = 0, files = 0, cancelledJobs = 0 } = receipt.counts;
    log.info('a person asked to be deleted', { receipt: receipt.id });
    const { cancelledSubscriptions = 0, subscriptionsLeft = 0 } = receipt.counts;
    const text = Html.join([
      texts.html('delete-me-receipt', {
        id: receipt.id,
        at: receipt.at,
        avatars: texts.html('count-avatars', { count: avatars }),
        photos: texts.html('count-photos', { count: photos }),
        images: texts.html('count-images', { count: images }),
        files,
        jobs: cancelledJobs,
        fal: receipt.atFal === null ? '' : leftAtFalText(receipt.atFal, texts),
      }),
      cancelledSubscriptions > 0 && texts.html('delete-me-month-canceled'),
      subscriptionsLeft > 0 && texts.html('delete-me-month-left'),
    ]);
    await show(context, text);
  });
};

const answers = (user: UserId, minute: number, texts: Translator): Keyboard => [
  [
    buttons.deleteMeYesButton.button(texts.plain('button-delete-me-yes'), {
      user,
      day: Math.floor(minute / minutesOfDay),
      asked: minute % minutesOfDay,
    }),
  ],
  [buttons.deleteMeNoButton.button(texts.plain('button-delete-me-no'), { user })],
];

/** Telegram takes documents of 50 MB. Bytes. */
const partLimit = 45 * 1024 * 1024;

interface Part {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** All there is. */
  readonly isOnly: boolean;
}

/** Cuts what is read into parts; put behind one another they are the whole. */
async function* inParts(body: Readable): AsyncGenerator<Part, void, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  let number = 0;
  for await (const read of body) {
    const chunk = Buffer.from(read);
    if (size > 0 && size + chunk.byteLength > partLimit) {
      number += 1;
      yield { bytes: Buffer.concat(held), number, isOnly: false };
      held = [];
      size = 0;
    }
    held.push(chunk);
    size += chunk.byteLength;
  }
  yield { bytes: Buffer.concat(held), number: number + 1, isOnly: number === 0 };
}
