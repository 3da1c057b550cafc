import type { Message } from 'grammy/types';
import type { Feature } from '../bot-services.js';
import { say } from '../replies.js';
import { bestEffort } from '../telegram-errors.js';
import { firstWayOn } from './way-on.js';

/** Answers what no other feature handled with a hint. */
export const anythingElseFeature: Feature = (composer, services) => {
  composer.on('callback_query', async (context) => {
    const text = context.user.texts.plain('dead-button');
    await bestEffort(() => context.answerCallbackQuery({ text, show_alert: true }));
  });
  composer.on('message:text', async (context) => {
    const { texts } = context.user;
    await say(context, texts.html('unknown-command'), await firstWayOn(context, services, true));
  });
  composer.on('message', async (context) => {
    const { texts } = context.user;
    if (isServiceMessage(context.message)) return;
    await say(context, texts.html('unknown-content'), await firstWayOn(context, services, true));
  });
};

/** Fields of service messages about the chat or about what this bot did: they get no answer. */
const serviceFields: ReadonlySet<string> = new Set([
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'chat_owner_changed',
  'chat_owner_left',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'write_access_allowed',
  'users_shared',
  'connected_website',
  'proximity_alert_triggered',
  'boost_added',
  'successful_payment',
  'refunded_payment',
  'giveaway_created',
  'giveaway_completed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'paid_message_price_changed',
  'direct_message_price_changed',
]);

const isServiceMessage = (message: Message): boolean =>
  Object.keys(message).some((field) => serviceFields.has(field));
