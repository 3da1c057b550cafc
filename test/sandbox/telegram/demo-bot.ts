import { type Bot, InlineKeyboard, InputFile, InputMediaBuilder, Keyboard } from 'grammy';
import sharp from 'sharp';

/** A picture with a gradient, so that sizes and crops can be seen. */
export const aPicture = (width: number, height: number, hue = 210): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},70%,62%)"/>
      <stop offset="1" stop-color="hsl(${hue + 70},65%,35%)"/></linearGradient></defs>
      <rect width="100%" height="100%" fill="url(#g)"/>
      <circle cx="50%" cy="42%" r="18%" fill="#fff" opacity=".75"/>
      <ellipse cx="50%" cy="100%" rx="34%" ry="34%" fill="#fff" opacity=".55"/></svg>`),
  )
    .png()
    .toBuffer();

const rich = `<b>Bold</b>, <i>italic</i>, <u>underlined</u>, <s>struck</s>, <code>code</code>, <tg-spoiler>a secret</tg-spoiler>, <a href="https://example.com/">a link</a>, @sandbox_bot, #tag, /help
<blockquote>A quote of one line</blockquote>
<pre><code class="language-js">const answer = 6 * 7;</code></pre>
<blockquote expandable>One of many lines
two of many lines
three of many lines
four of many lines
five of many lines</blockquote>`;

/** A bot that shows everything the web chat has to draw. */
export function setUpDemoBot(bot: Bot): void {
  bot.command('start', (context) =>
    context.reply(
      `Hello, ${context.from?.first_name}! ${context.match && `You came with ${context.match}.`}`,
      {
        reply_markup: new InlineKeyboard()
          .text('Toast', 'toast')
          .text('Alert', 'alert')
          .row()
          .text('Edit me', 'edit')
          .url('Open', 'https://t.me/sandbox_bot?start=recipe_1')
          .row()
          .text('Generate for 5 credits, about 30 seconds', 'generate'),
      },
    ),
  );
  bot.callbackQuery('toast', (context) => context.answerCallbackQuery({ text: 'Saved' }));
  bot.callbackQuery('alert', (context) =>
    context.answerCallbackQuery({ text: 'This costs 5 credits and you have 0.', show_alert: true }),
  );
  bot.callbackQuery('edit', async (context) => {
    await context.answerCallbackQuery();
    await context.editMessageText('Edited, and the buttons are others now', {
      reply_markup: new InlineKeyboard().text('◀︎', 'toast').text('2 / 7', 'toast').text('▶︎', 'toast'),
    });
  });
  bot.command('rich', (context) => context.reply(rich, { parse_mode: 'HTML' }));
  bot.command('photo', async (context) => {
    await context.replyWithChatAction('upload_photo');
    const photo = new InputFile(await aPicture(1024, 1024), 'a.png');
    await context.replyWithPhoto(photo, {
      caption: '<b>demo-portrait</b> · quality · seed 42\na photo of TOK person in medieval armor',
      parse_mode: 'HTML',
      reply_parameters: { message_id: context.msgId },
      reply_markup: new InlineKeyboard()
        .text('🔁 Again', 'toast')
        .text('🎲 Vary', 'toast')
        .row()
        .text('⬆️ Upscale · 10', 'toast'),
    });
  });
  bot.command('album', async (context) => {
    const count = Number(context.match || 4);
    const shapes = [
      [1024, 1024],
      [768, 1024],
      [1024, 768],
      [1024, 576],
    ] as const;
    const media = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const [width, height] = shapes[index % shapes.length] ?? shapes[0];
        return InputMediaBuilder.photo(new InputFile(await aPicture(width, height, index * 47), 'a.png'));
      }),
    );
    await context.replyWithMediaGroup(media);
    await context.reply('Four images in 2.1 s', {
      reply_markup: new InlineKeyboard().text('Again', 'toast').text('Info', 'toast'),
    });
  });
  bot.command('file', async (context) =>
    context.replyWithDocument(new InputFile(await aPicture(2048, 1152), 'original-2k.png'), {
      caption: 'The original',
    }),
  );
  bot.command('zip', (context) =>
    context.replyWithDocument(new InputFile(Buffer.alloc(123_456), 'gallery.zip')),
  );
  bot.command('keyboard', (context) =>
    context.reply('Choose a ratio', {
      reply_markup: new Keyboard()
        .text('1:1')
        .text('3:4')
        .text('16:9')
        .row()
        .text('Cancel')
        .resized()
        .placeholder('A ratio'),
    }),
  );
  bot.command('buy', (context) =>
    context.replyWithInvoice('100 credits', 'Enough for twenty images.', 'credits-100', 'XTR', [
      { label: '100', amount: 250 },
    ]),
  );
  bot.command('soldout', (context) =>
    context.replyWithInvoice('500 credits', 'They were sold yesterday.', 'sold-out', 'XTR', [
      { label: '500', amount: 990 },
    ]),
  );
  bot.command('month', async (context) => {
    const link = await context.api.createInvoiceLink(
      'Aisha every month',
      '400 credits each month. What is left stays yours.',
      'month',
      '',
      'XTR',
      [{ label: '400', amount: 750 }],
      { subscription_period: 2_592_000 },
    );
    await context.reply('A month costs less than a pack.', {
      reply_markup: new InlineKeyboard().url('Subscribe', link),
    });
  });
  bot.command('back', async (context) => {
    const { transactions } = await context.api.getStarTransactions();
    const last = transactions.findLast(({ source }) => source !== undefined);
    await context.api.refundStarPayment(context.chatId, last?.id ?? '');
  });
  bot.on('pre_checkout_query', (context) =>
    context.preCheckoutQuery.invoice_payload === 'sold-out'
      ? context.answerPreCheckoutQuery(false, 'This offer is not sold any more. /buy shows what is.')
      : context.answerPreCheckoutQuery(true),
  );
  bot.on('message:successful_payment', (context) => context.reply('Thank you! 100 credits were added.'));
  bot.on('inline_query', (context) =>
    context.answerInlineQuery([
      {
        type: 'article',
        id: '1',
        title: 'First',
        description: context.inlineQuery.query,
        input_message_content: { message_text: 'One' },
      },
      {
        type: 'article',
        id: '2',
        title: 'Second',
        description: 'Another',
        input_message_content: { message_text: 'Two' },
      },
    ]),
  );
  bot.on('message:photo', (context) =>
    context.reply('A photo!', { reply_parameters: { message_id: context.msgId } }),
  );
  bot.on('message:text', (context) => context.reply(context.message.text));
}

export const demoCommands = [
  { command: 'start', description: 'Begin' },
  { command: 'photo', description: 'One photo with buttons' },
  { command: 'album', description: 'An album of four' },
  { command: 'rich', description: 'All kinds of text' },
  { command: 'file', description: 'A picture as a file' },
  { command: 'buy', description: 'An invoice in Stars' },
];
