import { InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from './a-local-telegram.js';

const aPicture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#36c' } }).png();

async function aStartedChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return { telegram, api: anApi(telegram) };
}
/** An invoice over one Star, but for what is wrong with it. */
const invoice = (wrong: Partial<Parameters<Api['raw']['sendInvoice']>[0]>) => (api: Api) =>
  api.raw.sendInvoice({
    chat_id: 1,
    title: 't',
    description: 'd',
    payload: 'p',
    currency: 'XTR',
    prices: [{ label: 'x', amount: 1 }],
    ...wrong,
  });
const tips = [1, 2, 3, 4, 5];
const pay = { text: 'Pay', pay: true };
const other = { text: 'b', callback_data: 'b' };

type Api = Awaited<ReturnType<typeof aStartedChat>>['api'];

const html = (text: string) => (api: Api) => api.sendMessage(1, text, { parse_mode: 'HTML' });
const markdown = (text: string) => (api: Api) => api.sendMessage(1, text, { parse_mode: 'MarkdownV2' });
const button = (...rows: object[][]) => ({ reply_markup: { inline_keyboard: rows as never } });
/** A keyboard that asks for people. */
const choosing = (requests: object[]) => ({
  reply_markup: { keyboard: requests.map((request_users) => [{ text: 'b', request_users }]) as never },
});
const photo = async () => new InputFile(await aPicture.toBuffer(), 'a.png');

const refusals: Record<string, [call: (api: Api) => Promise<unknown>, description: string]> = {
  'an empty text': [(api) => api.sendMessage(1, ''), 'message text is empty'],
  'a blank text': [(api) => api.sendMessage(1, ' \n '), 'text must be non-empty'],
  'a text of 4097': [(api) => api.sendMessage(1, 'x'.repeat(4097)), 'message is too long'],
  'a caption of 1025': [
    async (api) => api.sendPhoto(1, await photo(), { caption: 'x'.repeat(1025) }),
    'message caption is too long',
  ],
  'an unknown tag': [
    html('a <TOK> b'),
    'can\'t parse entities: Unsupported start tag "tok" at byte offset 2',
  ],
  'an offset in bytes': [html('я <x>'), 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'],
  'an open tag': [
    html('<b>bold'),
    'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
  'a crossed tag': [
    html('<b><i>x</b></i>'),
    'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
  ],
  'a lone end tag': [html('x</b>'), "can't parse entities: Unexpected end tag at byte offset 1"],
  'a bare less-than': [html('1 < 2'), 'can\'t parse entities: Unsupported start tag "" at byte offset 2'],
  'an unclosed start': [html('x <b'), "can't parse entities: Unclosed start tag at byte offset 2"],
  'a plain span': [
    html('<span>x</span>'),
    'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
  ],
  'a bare dot in Markdown': [
    markdown('Hello.'),
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  'open bold in Markdown': [
    markdown('a *b'),
    "can't parse entities: Can't find end of Bold entity at byte offset 2",
  ],
  'an unknown parse mode': [
    (api) => api.sendMessage(1, 'x', { parse_mode: 'BBCode' as never }),
    'unsupported parse_mode',
  ],
  'an entity past the end': [
    (api) => api.sendMessage(1, 'abc', { entities: [{ type: 'bold', offset: 1, length: 3 }] }),
    'entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4',
  ],
  'a link entity that leads nowhere': [
    (api) =>
      api.sendMessage(1, 'abc', { entities: [{ type: 'text_link', offset: 0, length: 3, url: 'nowhere' }] }),
    "entity URL 'nowhere' is invalid: Wrong HTTP URL",
  ],
  'callback data of 65 bytes': [
    (api) => api.sendMessage(1, 'x', { reply_markup: new InlineKeyboard().text('b', `${'я'.repeat(32)}x`) }),
    'BUTTON_DATA_INVALID',
  ],
  'a button that does nothing': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b' }])),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  'a button without text': [
    (api) => api.sendMessage(1, 'x', button([{ callback_data: 'b' }])),
    'can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  'nine buttons in a row': [
    (api) =>
      api.sendMessage(1, 'x', button(Array.from({ length: 9 }, () => ({ text: 'b', callback_data: 'b' })))),
    'REPLY_MARKUP_TOO_LONG',
  ],
  'a button with a strange address': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b', url: 'ftp://example.com' }])),
    "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
  ],
  'a button that leads to this machine': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b', url: 'http://localhost:3000/' }])),
    "inline keyboard button URL 'http://localhost:3000/' is invalid: Wrong HTTP URL",
  ],
  'an empty reply keyboard': [
    (api) => api.sendMessage(1, 'x', { reply_markup: { keyboard: [] } }),
    'reply keyboard must be non-empty',
  ],
  'people to be chosen without a number': [
    (api) => api.sendMessage(1, 'x', choosing([{}])),
    'can\'t parse keyboard button: Can\'t find field "request_id"',
  ],
  'people to be chosen by a number that is too great': [
    (api) => api.sendMessage(1, 'x', choosing([{ request_id: 2 ** 31 }])),
    'can\'t parse keyboard button: Field "request_id" must be a valid Number',
  ],
  'eleven people to be chosen': [
    (api) => api.sendMessage(1, 'x', choosing([{ request_id: 1, max_quantity: 11 }])),
    'BUTTON_INVALID',
  ],
  'people to be chosen twice by the same number': [
    (api) => api.sendMessage(1, 'x', choosing([{ request_id: 1 }, { request_id: 1 }])),
    'BUTTON_ID_INVALID',
  ],
  'people to be chosen in a group': [
    (api) => api.sendMessage(-1_001_000_000_001, 'x', choosing([{ request_id: 1 }])),
    'Users can be requested in private chats only',
  ],
  'a chat nobody knows': [(api) => api.sendMessage(99, 'x'), 'chat not found'],
  'an answer to nothing': [
    (api) => api.sendMessage(1, 'x', { reply_parameters: { message_id: 999 } }),
    'message to be replied not found',
  ],
  'an edit of what is not named': [
    (api) => api.raw.editMessageText({ text: 'x' }),
    'message identifier is not specified',
  ],
  'a member who is not named': [(api) => api.getChatMember(1, 0), 'invalid user_id specified'],
  'commands that are no list': [(api) => api.setMyCommands({} as never), 'expected an Array of BotCommand'],
  'an edit of nothing': [(api) => api.editMessageText(1, 999, 'x'), 'message to edit not found'],
  "an edit of a person's message": [(api) => api.editMessageText(1, 1, 'x'), "message can't be edited"],
  'a deletion of nothing': [(api) => api.deleteMessage(1, 999), 'message to delete not found'],
  'an album of none': [(api) => api.sendMediaGroup(1, []), 'there are no messages to send'],
  'an album of eleven': [
    async (api) => {
      const bytes = await photo();
      return api.sendMediaGroup(
        1,
        Array.from({ length: 11 }, () => InputMediaBuilder.photo(bytes)),
      );
    },
    'too many messages to send as an album',
  ],
  'a mixed album': [
    async (api) =>
      api.sendMediaGroup(1, [
        InputMediaBuilder.photo(await photo()),
        InputMediaBuilder.document(await photo()),
      ] as never),
    "document can't be mixed with other media types",
  ],
  'an unknown callback query': [
    (api) => api.answerCallbackQuery('1'),
    'query is too old and response timeout expired or query ID is invalid',
  ],
  'a tap that opens a foreign page': [
    (api) => api.answerCallbackQuery('1', { url: 'https://t.me/other_bot?start=x' }),
    'URL_INVALID',
  ],
  'a button in red': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b', callback_data: 'b', style: 'red' }])),
    "can't parse inline keyboard button: Invalid button style specified",
  ],
  'a button that is disabled by a word': [
    (api) => api.sendMessage(1, 'x', button([{ text: 'b', disabled: 'yes' }])),
    'can\'t parse inline keyboard button: Field "disabled" must be of type Object',
  ],
  'an alert of 201': [(api) => api.answerCallbackQuery('1', { text: 'x'.repeat(201) }), 'MESSAGE_TOO_LONG'],
  'a command with a capital': [
    (api) => api.setMyCommands([{ command: 'Start', description: 'x' }]),
    'BOT_COMMAND_INVALID',
  ],
  'an unknown chat action': [
    (api) => api.sendChatAction(1, 'dancing' as never),
    'wrong parameter action in request',
  ],
  'a free invoice': [
    (api) => api.sendInvoice(1, 'title', 'description', 'payload', 'XTR', [{ label: 'x', amount: 0 }]),
    'STARS_INVOICE_INVALID',
  ],
  'a fraction of a Star': [
    invoice({ prices: [{ label: 'x', amount: 1.5 }] }),
    'can\'t parse labeled price: Field "amount" must be of type Number',
  ],
  'two prices in Stars': [
    invoice({
      prices: [
        { label: 'x', amount: 1 },
        { label: 'y', amount: 1 },
      ],
    }),
    'STARS_INVOICE_INVALID',
  ],
  'Stars through a payment provider': [invoice({ provider_token: '1:TEST:2' }), 'STARS_INVOICE_INVALID'],
  'a tip in Stars': [invoice({ max_tip_amount: 5 }), 'STARS_INVOICE_INVALID'],
  'suggested tips in Stars': [invoice({ suggested_tip_amounts: [1] }), 'STARS_INVOICE_INVALID'],
  'tips that are no list': [
    invoice({ suggested_tip_amounts: 'null' as never }),
    'expected an Array of suggested tip amounts',
  ],
  'five suggested tips': [
    invoice({ currency: 'EUR', provider_token: '1:TEST:2', max_tip_amount: 9, suggested_tip_amounts: tips }),
    'the sandbox takes at most 4 suggested tips, each positive, larger than the one before and not over max_tip_amount; the words of Telegram are not known',
  ],
  'more Stars than Telegram takes': [
    invoice({ prices: [{ label: 'x', amount: 100_001 }] }),
    'CURRENCY_TOTAL_AMOUNT_INVALID',
  ],
  'money without a provider': [invoice({ currency: 'EUR' }), 'PAYMENT_PROVIDER_INVALID'],
  'an invoice without a title': [invoice({ title: '' }), 'parameter "title" is required'],
  'an invoice with a title of 33': [invoice({ title: 'я'.repeat(33) }), 'INVOICE_TITLE_INVALID'],
  'an invoice without a description': [invoice({ description: '' }), 'parameter "description" is required'],
  'an invoice with a description of 256': [
    invoice({ description: 'я'.repeat(256) }),
    'INVOICE_DESCRIPTION_INVALID',
  ],
  'an invoice without a payload': [invoice({ payload: '' }), 'parameter "payload" is required'],
  'an invoice payload of 129 bytes': [invoice({ payload: `${'я'.repeat(64)}x` }), 'INVOICE_PAYLOAD_INVALID'],
  'a start parameter with a space': [invoice({ start_parameter: 'a b' }), 'START_PARAM_INVALID'],
  'a start parameter of 65': [invoice({ start_parameter: 'x'.repeat(65) }), 'START_PARAM_INVALID'],
  'an invoice whose first button is another': [invoice(button([other, pay])), 'BUTTON_TYPE_INVALID'],
  'an invoice with two pay buttons': [invoice(button([pay], [pay])), 'BUTTON_POS_INVALID'],
  'a pay button without an invoice': [(api) => api.sendMessage(1, 'x', button([pay])), 'BUTTON_TYPE_INVALID'],
  'an invoice with a reply keyboard': [
    invoice({ reply_markup: { keyboard: [[{ text: 'b' }]] } as never }),
    'inline keyboard expected',
  ],
  'an invoice that loses its pay button': [
    async (api) => {
      const { message_id } = await invoice(button([pay]))(api);
      return api.editMessageReplyMarkup(1, message_id, button([other]));
    },
    'BUTTON_TYPE_INVALID',
  ],
  'a pre-checkout refused without words': [
    (api) => api.raw.answerPreCheckoutQuery({ pre_checkout_query_id: '1', ok: false }),
    'error message must be non-empty',
  ],
  'a refund for nobody': [
    (api) => api.raw.refundStarPayment({ telegram_payment_charge_id: 'x' } as never),
    'invalid user_id specified',
  ],
  'a refund for a stranger': [(api) => api.refundStarPayment(99, 'x'), 'user not found'],
  'a refund of nothing': [
    (api) => api.refundStarPayment(1, ''),
    'parameter "telegram_payment_charge_id" is required',
  ],
  'a refund of an unknown payment': [(api) => api.refundStarPayment(1, 'x'), 'CHARGE_ID_INVALID'],
  '101 transactions': [(api) => api.getStarTransactions({ limit: 101 }), 'LIMIT_INVALID'],
  'no transactions': [(api) => api.getStarTransactions({ limit: 0 }), 'LIMIT_INVALID'],
  'transactions before the first': [(api) => api.getStarTransactions({ offset: -1 }), 'OFFSET_INVALID'],
  'a missing photo': [
    (api) => api.raw.sendPhoto({ chat_id: 1, photo: '' }),
    'there is no photo in the request',
  ],
  'a strange secret': [
    (api) => api.setWebhook('https://example.com/', { secret_token: 'a b' }),
    'secret token contains unallowed characters',
  ],
  'a webhook without https': [
    (api) => api.setWebhook('http://example.com/'),
    'bad webhook: An HTTPS URL must be provided for webhook',
  ],
};

test.each(Object.entries(refusals))('%s is refused in Telegram’s words', async (_, [call, description]) => {
  const { api } = await aStartedChat();

  await expect(call(api)).rejects.toMatchObject({
    error_code: 400,
    description: `Bad Request: ${description}`,
  });
});
