type Values = Readonly<Record<string, unknown>>;

const methods: ReadonlyMap<string, string> = new Map([
  ['getchatmemberscount', 'getChatMemberCount'],
  ['kickchatmember', 'banChatMember'],
]);

/** A method's name of today for the one it had before Bot API 5.3, which Telegram still answers to. */
export const todaysMethod = (name: string): string => methods.get(name.toLowerCase()) ?? name;

/**
 * The parameters under their names of today. Telegram still reads those of before Bot API 6.7 and 7.0, and libraries
 * of that time know no others; where both are given, those of today count.
 */
export function todaysParameters(values: Values): Values {
  const { reply_to_message_id: replied, allow_sending_without_reply } = values;
  const { switch_pm_text: text, switch_pm_parameter } = values;
  const message_id = Number(replied ?? 0);
  return {
    ...(message_id > 0 ? { reply_parameters: { message_id, allow_sending_without_reply } } : {}),
    ...previewSwitchedOff(values),
    ...(text === undefined ? {} : { button: { text, start_parameter: switch_pm_parameter } }),
    ...values,
  };
}

/** The same of a text, also of one in an inline result. */
export const previewSwitchedOff = ({ disable_web_page_preview: is_disabled }: Values): Values =>
  is_disabled === undefined ? {} : { link_preview_options: { is_disabled } };
