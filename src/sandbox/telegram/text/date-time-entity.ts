import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../bot-api-error.js';

type Format = MessageEntity.DateTimeMessageEntity['date_time_format'];

/** A moment that each reader sees in their own time zone; `r` is relative, else weekday, date and time letters. */
export function dateTimeEntity(
  unixTime: number,
  format: string,
  range: { readonly offset: number; readonly length: number },
): MessageEntity[] {
  if (!Number.isInteger(unixTime) || unixTime <= 0)
    throw badRequest("can't parse entities: Invalid date specified");
  if (!isFormat(format)) throw badRequest("can't parse entities: Invalid date-time format specified");
  return [{ type: 'date_time', ...range, unix_time: unixTime, date_time_format: format }];
}

const isFormat = (format: string): format is Format => /^(r|w?[dD]?[tT]?)$/.test(format);
