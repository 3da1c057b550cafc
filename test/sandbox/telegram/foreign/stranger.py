"""A small bot of python-telegram-bot 13. Arguments: API root, token, port of its webhook (0: polling)."""

import io
import sys
import warnings

warnings.filterwarnings("ignore")

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import CallbackQueryHandler, CommandHandler, Filters, MessageHandler, Updater

root, token, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
picture = sys.stdin.buffer.read()
updater = Updater(token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot")


def start(update, context):
    update.message.reply_text(
        f"Hello, *{update.effective_user.first_name}*",
        parse_mode="Markdown",
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Press", callback_data="press")]]),
    )


def press(update, context):
    update.callback_query.answer("Pressed")
    update.callback_query.edit_message_text("Edited")


def photo(update, context):
    sent = update.message.reply_photo(io.BytesIO(picture), caption="from bytes")
    update.message.reply_photo(sent.photo[-1].file_id, caption="by its id")


def document(update, context):
    given = update.message.document
    text = given.get_file().download_as_bytearray().decode()
    update.message.reply_text(f"{given.file_name}: {text}")


def poll(update, context):
    try:
        update.message.reply_poll("Which?", ["one", "two"])
    except Exception as error:
        update.message.reply_text(f"{type(error).__name__}: {error}")


dispatcher = updater.dispatcher
dispatcher.add_handler(CommandHandler("start", start))
dispatcher.add_handler(CallbackQueryHandler(press))
dispatcher.add_handler(CommandHandler("photo", photo))
dispatcher.add_handler(CommandHandler("poll", poll))
dispatcher.add_handler(MessageHandler(Filters.document, document))
if port == 0:
    updater.start_polling()
else:
    address = f"http://127.0.0.1:{port}/updates"
    updater.start_webhook(listen="127.0.0.1", port=port, url_path="updates", webhook_url=address)
updater.idle()
