import { IsIn, IsOptional, Matches, validateSync } from 'class-validator';

const wholeNumber = { message: '$property "$value" is not a whole number of 0 or more' };
const httpAddress = { message: '$property "$value" is not an address that starts with http:// or https://' };
const isHttp = /^https?:\/\/[^\s/]+/;

const portNumber = /^\d{1,4}$|^[1-5]\d{4}$|^6[0-4]\d{3}$|^65[0-4]\d\d$|^655[0-2]\d$|^6553[0-5]$/;
const notAPort = { message: '$property "$value" is not a port (0-65535)' };

/** Like `fal.media,*.fal.media,storage.googleapis.com/falserverless`. No part of a path begins with a dot. */
const mediaPlace = String.raw`[\w.*-]+(:\d+)?(/[\w~-][\w.~-]*)*/?`;
const mediaPlaces = new RegExp(`^${mediaPlace}(\\s*,\\s*${mediaPlace})*$`);

/** Roles that one process can run. */
export const roles = ['bot', 'worker', 'http'] as const;
export type Role = (typeof roles)[number];

/** The environment as text, key by key as `.env.example` describes them. Empty values count as absent. */
class Environment {
  @IsOptional()
  @IsIn(['live', 'sandbox'], { message: 'MODE "$value" is unknown; allowed: live, sandbox' })
  MODE?: 'live' | 'sandbox';

  @IsOptional()
  @Matches(/^\d+:[\w-]+$/, {
    message: 'TELEGRAM_BOT_TOKEN does not look like a token of @BotFather (digits:letters)',
  })
  TELEGRAM_BOT_TOKEN?: string;

  @IsOptional()
  @Matches(isHttp, httpAddress)
  TELEGRAM_API_URL = 'https://api.telegram.org';

  @Matches(/^[1-9]\d{0,3}$/, {
    message: 'TELEGRAM_MESSAGES_PER_SECOND "$value" is not a whole number 1-9999',
  })
  TELEGRAM_MESSAGES_PER_SECOND = '30';

  @IsOptional()
  @Matches(/^\//, { message: 'TELEGRAM_FILES_DIR "$value" is not an absolute path' })
  TELEGRAM_FILES_DIR?: string;

  @Matches(/^[1-9]\d{0,2}$|^1\d{3}$|^2000$/, {
    message: 'TELEGRAM_DOWNLOAD_MB "$value" is not a whole number 1-2000',
  })
  TELEGRAM_DOWNLOAD_MB = '20';

  @Matches(/^[1-9]\d{0,2}$|^1\d{3}$|^2000$/, {
    message: 'TELEGRAM_UPLOAD_MB "$value" is not a whole number 1-2000',
  })
  TELEGRAM_UPLOAD_MB = '50';

  @IsOptional()
  @Matches(/^\S+$/, { message: 'FAL_KEY has white space in it' })
  FAL_KEY?: string;

  @IsOptional()
  @Matches(isHttp, httpAddress)
  FAL_QUEUE_URL = 'https://queue.fal.run';

  @IsOptional()
  @Matches(isHttp, httpAddress)
  FAL_REST_URL = 'https://rest.fal.ai';

  @IsOptional()
  @Matches(mediaPlaces, {
    message:
      'FAL_MEDIA_HOSTS "$value" is not a list of host[:port][/first part of the path] with commas between',
  })
  FAL_MEDIA_HOSTS?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'DATABASE_URL does not start with postgres:// or postgresql://',
  })
  DATABASE_URL?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'OLD_DATABASE_URL does not start with postgres:// or postgresql://',
  })
  OLD_DATABASE_URL?: string;

  @Matches(/^([3-9]|[1-9]\d{1,2})$/, {
    message: 'DATABASE_CONNECTIONS "$value" is not a whole number 3-999',
  })
  DATABASE_CONNECTIONS = '8';

  DATA_DIR = './data';

  @Matches(/^\d{1,7}$/, { message: 'DISK_FLOOR_MB "$value" is not a whole number of megabytes 0-9999999' })
  DISK_FLOOR_MB = '500';

  @Matches(portNumber, notAPort)
  HTTP_PORT = '8080';

  @IsOptional()
  @Matches(/^[\w.:-]+$/, {
    message: 'HTTP_HOST "$value" is not an address of this machine or the name of one',
  })
  HTTP_HOST?: string;

  @IsOptional()
  @Matches(portNumber, notAPort)
  STATUS_PORT?: string;

  @IsOptional()
  @Matches(/^https?:\/\/[^\s/]+/, httpAddress)
  PUBLIC_URL?: string;

  @Matches(/^(bot|worker|http)(\s*,\s*(bot|worker|http))*$/, {
    message: 'ROLES "$value" is unknown; allowed: bot, worker, http with commas between',
  })
  ROLES = 'bot,worker,http';

  @IsOptional()
  @Matches(/^[1-9]\d*(\s*,\s*[1-9]\d*)*$/, {
    message: 'ADMIN_USER_IDS "$value" is not a list of Telegram ids',
  })
  ADMIN_USER_IDS?: string;

  @IsOptional()
  @Matches(/^[1-9]\d*(\s*,\s*[1-9]\d*)*$/, {
    message: 'ALLOWED_USER_IDS "$value" is not a list of Telegram ids',
  })
  ALLOWED_USER_IDS?: string;

  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_IMAGE = '5';

  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_TRAINING = '150';

  @IsOptional()
  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_TRAINING_FAST?: string;

  @IsOptional()
  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_TRAINING_BALANCED?: string;

  @IsOptional()
  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_TRAINING_QUALITY?: string;

  @Matches(/^\d{1,2}$/, { message: 'FREE_RETRAINS "$value" is not a whole number 0-99' })
  FREE_RETRAINS = '1';

  @Matches(/^\d{1,4}$/, { message: 'TRAINING_PHOTO_DAYS "$value" is not a whole number of days 0-9999' })
  TRAINING_PHOTO_DAYS = '30';

  @Matches(/^[1-9]\d{0,3}$/, { message: 'DRAFT_DAYS "$value" is not a whole number of days 1-9999' })
  DRAFT_DAYS = '30';

  @Matches(/^\d{1,4}$/, { message: 'REPLACED_WEIGHTS_DAYS "$value" is not a whole number of days 0-9999' })
  REPLACED_WEIGHTS_DAYS = '30';

  @Matches(/^\d{1,6}$/, wholeNumber)
  PRICE_UPSCALE = '10';

  @Matches(/^\d{1,6}$/, wholeNumber)
  WELCOME_CREDITS = '0';

  @Matches(/^[1-9]\d{0,3}$/, { message: 'MAX_IN_FLIGHT "$value" is not a whole number 1-9999' })
  MAX_IN_FLIGHT = '40';

  @Matches(/^[1-9]\d{0,3}$/, { message: 'MAX_IN_FLIGHT_PER_USER "$value" is not a whole number 1-9999' })
  MAX_IN_FLIGHT_PER_USER = '4';

  @Matches(/^[1-9]\d{0,4}$/, { message: 'MAX_OPEN_PER_USER "$value" is not a whole number 1-99999' })
  MAX_OPEN_PER_USER = '50';

  @Matches(/^\d{1,6}$/, wholeNumber)
  DAILY_PROMPT_HELP = '100';

  @Matches(/^\d{1,6}$/, wholeNumber)
  DAILY_PHOTO_WORDS = '30';

  @Matches(/^\d{1,6}$/, wholeNumber)
  DAILY_UPLOAD_MEGABYTES = '1000';

  @Matches(/^\d{1,6}$/, wholeNumber)
  DAILY_DRAFTS = '10';

  @Matches(/^\d{1,6}$/, wholeNumber)
  DAILY_LORA_FILES = '10';

  @IsIn(['true', 'false'], { message: 'REROLL_BLOCKED "$value" is unknown; allowed: true, false' })
  REROLL_BLOCKED = 'false';

  @Matches(/^\d{1,6}$/, wholeNumber)
  SANDBOX_IMAGE_MILLISECONDS = '2000';

  @IsIn(['debug', 'info', 'warn', 'error', 'silent'], {
    message: 'LOG_LEVEL "$value" is unknown; allowed: debug, info, warn, error, silent',
  })
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info';
}

/** Reads the known keys; returns them with every problem, each a sentence. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): {
  environment: Environment;
  problems: string[];
} {
  const environment = new Environment();
  const known: readonly string[] = [...Object.keys(environment), ...optionalKeys];
  const given = Object.entries(variables)
    .map(([key, value]) => [key, value?.trim()] as const)
    .filter(([key, value]) => known.includes(key) && value !== undefined && value !== '');
  Object.assign(environment, Object.fromEntries(given));
  const problems = validateSync(environment).flatMap((error) => Object.values(error.constraints ?? {}));
  return { environment, problems };
}

/** Keys without a default: a class field that is never assigned does not exist. */
const optionalKeys = [
  'MODE',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_FILES_DIR',
  'FAL_KEY',
  'FAL_MEDIA_HOSTS',
  'DATABASE_URL',
  'OLD_DATABASE_URL',
  'PUBLIC_URL',
  'HTTP_HOST',
  'STATUS_PORT',
  'PRICE_TRAINING_FAST',
  'PRICE_TRAINING_BALANCED',
  'PRICE_TRAINING_QUALITY',
  'ADMIN_USER_IDS',
  'ALLOWED_USER_IDS',
];
