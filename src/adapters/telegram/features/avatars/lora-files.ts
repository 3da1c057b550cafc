import { Readable } from 'node:stream';
import { InputFile } from 'grammy';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { isInFile } from '../../../../domain/avatar/avatar-model.js';
import { avatarNameLength } from '../../../../domain/avatar/avatar-name.js';
import { avatarTypes } from '../../../../domain/avatar/avatar-type.js';
import { DomainError } from '../../../../domain/errors.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { avatarCardButton } from '../../buttons/settings-buttons.js';
import { asCaption, asMessage, type Keyboard, say, show } from '../../replies.js';
import { afterWeights, waysOutOf } from '../../ways-out.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import { megabytes } from '../../wording/megabytes.js';
import { refusalText } from '../../wording/refusal-texts.js';
import type { Translator } from '../../wording/translator.js';
import { leaveRow, Questions } from '../questions.js';
import { answers, LoraLooks } from './lora-look.js';
import { type SentLora, sentLoraOf } from './sent-lora.js';

/** `.sft` is short for the same format. */
const weightsFile = /\.(safetensors|sft)$/i;

/** LoRA files go out to their owner as documents, and come in from them. */
export const loraFilesFeature: Feature = (composer, services) => {
  const { database, loraFiles, background, uploads, files, telegramFiles } = services;
  const { avatars } = database.stores;
  const imports = new LoraImports(services);
  const questions = new Questions(services);
  const looks = new LoraLooks(services);

  /** The file that the open question of this chat is about. */
  const expectedFile = async (context: BotContext) => {
    const open = await questions.openOf(context, 'lora-file');
    const sent = open === null ? null : sentLoraOf(open.subject);
    if (open === null || sent === null) throw noLora();
    return { sent, subject: open.subject };
  };

  onButton(composer, buttons.exportLoraButton, async (context, { avatar: id }) => {
    const { id: owner, texts } = context.user;
    const avatar = await avatars.findOwned(owner, id);
    if (avatar?.status !== 'ready' || !isInFile(avatar.model)) throw noLora();
    const { url } = avatar.model;
    const { fileName, body } = await loraFiles.export({ avatar: id }, { owner });
    await context.answerCallbackQuery({ text: texts.plain('original-coming') });
    background.start('sending a LoRA file', async () => {
      const bytes = await wholeOf(body, files.documentLimit);
      // Always to its owner's private chat, whichever chat the button was tapped in.
      if (bytes !== null)
        await uploads.sendDocument(
          Number(owner),
          new InputFile(bytes, fileName),
          asCaption(howToUse(avatar, texts)),
        );
      else
        await uploads.sendMessage(
          Number(owner),
          texts.html('lora-too-large', { url, limit: megabytes(files.documentLimit) }).source,
          asMessage(cardRow(avatar, texts)),
        );
    });
  });
  composer.chatType('private').on('message:document', async (context, next) => {
    const { document } = context.message;
    if (!weightsFile.test(document.file_name ?? '')) return next();
    const { id: owner, texts } = context.user;
    if ((document.file_size ?? 0) > telegramFiles.limit)
      return void (await say(
        context,
        texts.html('lora-file-too-large', { limit: megabytes(telegramFiles.limit) }),
        afterWeights(texts),
      ));
    await loraFiles.admit(owner);
    const subject = JSON.stringify({ file: document.file_id, name: nameFrom(document.file_name ?? '') });
    await questions.expect(context, { kind: 'lora-file', subject });
    await say(context, texts.html('lora-received'), [
      ...avatarTypes.map((type) => [
        buttons.loraTypeButton.button(texts.plain(`button-new-${type}`), { type }),
      ]),
      leaveRow({ kind: 'lora-file', subject }, texts),
    ]);
  });
  onButton(composer, buttons.loraTypeButton, async (context, { type }) => {
    const { texts } = context.user;
    const { sent } = await expectedFile(context);
    const subject = JSON.stringify({ ...sent, type });
    await questions.expect(context, { kind: 'lora-file', subject });
    await show(context, texts.html('lora-say-trigger'), answers([], subject, texts));
    const message = context.callbackQuery.message?.message_id;
    if (message !== undefined) looks.begin(context, subject, message);
  });
  const answer = async (context: BotContext, triggerIn: (sent: SentLora) => string | undefined) => {
    const { sent, subject } = await expectedFile(context);
    const trigger = triggerIn(sent);
    if (trigger === undefined) throw noLora();
    await questions.end(context, { kind: 'lora-file', subject });
    await context.answerCallbackQuery();
    await imports.begin(context, subject, trigger);
  };
  onButton(composer, buttons.loraTriggerButton, (context, { number }) =>
    answer(context, ({ triggers }) => triggers[number]),
  );
  onButton(composer, buttons.loraNoTriggerButton, (context) => answer(context, () => ''));
};

const cardRow = ({ id: avatar }: Pick<Avatar, 'id'>, texts: Translator): Keyboard => [
  [avatarCardButton.button(texts.plain('button-avatar-card'), { avatar })],
];

/** What another program has to be told to make pictures with the file. */
const howToUse = ({ name, trigger, defaultStrength }: Avatar, texts: Translator): Html =>
  Html.join([
    texts.html('lora-file', { name }),
    trigger !== null && trigger !== '' && texts.html('avatar-card-trigger', { trigger }),
    texts.html('avatar-card-strength', { strength: decimal(defaultStrength ?? 1, texts) }),
  ]);

/** Makes an avatar of a LoRA file whose type and trigger are known. */
export class LoraImports {
  constructor(private readonly services: BotServices) {}

  /** @throws DomainError `not_found` when its type was not said yet */
  async begin(context: BotContext, subject: string, trigger: string): Promise<void> {
    const { background, telegramFiles, loraFiles, uploads, log, supportContact: contact } = this.services;
    const { id: owner, texts } = context.user;
    const sent = sentLoraOf(subject);
    if (sent === null || sent.type === null) throw noLora();
    const { file, name, type } = sent;
    await say(context, texts.html('lora-importing'));
    const tell = (text: Html, keyboard: Keyboard = afterWeights(texts)) =>
      uploads.sendMessage(Number(owner), text.source, asMessage(keyboard));
    background.start('taking a LoRA file in', async (signal) => {
      try {
        const download = await telegramFiles.download(file, signal);
        if ('refused' in download)
          return void (await tell(
            download.refused === 'gone'
              ? texts.html('lora-file-gone')
              : texts.html('lora-file-too-large', { limit: megabytes(telegramFiles.limit) }),
          ));
        const body = Readable.from([download.bytes]);
        const avatar = await loraFiles.import({ name, type, trigger }, { owner, body });
        await tell(texts.html('lora-imported', { name: avatar.name }), cardRow(avatar, texts));
      } catch (error) {
        if (error instanceof DomainError) {
          const ways = waysOutOf(
            error.refusal,
            { avatars: [], price: null, isSelling: false, canAsk: false, contact },
            texts,
          );
          return void (await tell(refusalText(error.refusal, texts), ways));
        }
        log.warn('a LoRA file could not be taken in', { error });
        await tell(texts.html('went-wrong'));
      }
    });
  }
}

const noLora = () => new DomainError({ code: 'not_found', what: 'LoRA file' });

/** A name that is long enough and not too long, whatever the file is called. */
function nameFrom(file: string): string {
  const name = [
    ...file
      .replace(weightsFile, '')
      .replace(/[_\p{Cc}]+/gu, ' ')
      .trim(),
  ].slice(0, avatarNameLength.to);
  return name.length < 2 ? 'LoRA' : name.join('').trim().padEnd(2, '-');
}

/** `null` when there is more than `limit`: the rest is not read. */
async function wholeOf(body: Readable, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk));
    size += chunks.at(-1)?.byteLength ?? 0;
    if (size > limit) return null;
  }
  return Buffer.concat(chunks, size);
}
