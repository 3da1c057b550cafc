import { validateSync } from 'class-validator';
import type { Role } from '../../application/ports/hosted-service.js';
import { type WordCategory, wordCategories } from '../../domain/text/word-lists.js';
import { contactForm } from './contact-address.js';
import { readSecretFiles } from './secret-files.js';
import {
  HttpAddress,
  ListOf,
  OneOf,
  Port,
  readers,
  Secret,
  SomeOf,
  secrets,
  Text,
  TextLike,
  WholeNumber,
  YesNo,
} from './setting-kinds.js';

/** Roles that one process can run. */
export const roles: readonly Role[] = ['bot', 'worker', 'http'];

/** Like `storage.googleapis.com/falserverless`. No part of a path begins with a dot. */
const mediaPlace = /^[\w.*-]+(:\d+)?(\/[\w~-][\w.~-]*)*\/?$/;
/** As Standard Webhooks has it: 24 to 64 bytes. */
const webhookSecret =
  /^whsec_(?=[A-Za-z\d+/]{32,86}={0,2}$)(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const digits = /^[1-9]\d*$/;
const postgres = /^postgres(ql)?:\/\//;
const prefix = /^[\w-]+(\/[\w-]+)*\/?$/;
const most = 999_999;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The settings, key by key as `.env.example` describes them. Empty values count as absent. */
class Environment {
  @OneOf(['live', 'sandbox']) MODE?: 'live' | 'sandbox';
  @Secret(/^\d+:[\w-]+$/, 'does not look like a token of @BotFather (digits:letters)')
  TELEGRAM_BOT_TOKEN?: string;
  @HttpAddress() TELEGRAM_API_URL = 'https://api.telegram.org';
  @WholeNumber(1, 9999) TELEGRAM_MESSAGES_PER_SECOND = 30;
  @WholeNumber(1, 999) TELEGRAM_SENDS_AT_ONCE = 32;
  @TextLike(/^\//, 'is not an absolute path') TELEGRAM_FILES_DIR?: string;
  @WholeNumber(1, 2000) TELEGRAM_DOWNLOAD_MB = 20;
  @WholeNumber(1, 2000) TELEGRAM_UPLOAD_MB = 50;
  @Secret(/^\S+$/, 'has white space in it') FAL_KEY?: string;
  @HttpAddress() FAL_QUEUE_URL = 'https://queue.fal.run';
  @HttpAddress() FAL_REST_URL = 'https://rest.fal.ai';
  @Secret(/^\S+$/, 'has white space in it') FAL_ADMIN_KEY?: string;
  @HttpAddress() FAL_API_URL = 'https://api.fal.ai';
  @ListOf(mediaPlace, 'is not a list of host[:port][/first part of the path] with commas between')
  FAL_MEDIA_HOSTS?: string[];
  @Secret(postgres, 'does not start with postgres:// or postgresql://') DATABASE_URL?: string;
  @Secret(postgres, 'does not start with postgres:// or postgresql://') OLD_DATABASE_URL?: string;
  @WholeNumber(3, 999) DATABASE_CONNECTIONS = 8;
  @Text() DATA_DIR = './data';
  @WholeNumber(0, 9_999_999, ' of megabytes') DISK_FLOOR_MB = 500;
  @OneOf(['folder', 's3']) MEDIA_STORE: 'folder' | 's3' = 'folder';
  @HttpAddress() S3_ENDPOINT?: string;
  @TextLike(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, 'is not the name of a bucket') S3_BUCKET?: string;
  @TextLike(/^[a-z\d-]+$/, 'is not the name of a region') S3_REGION?: string;
  @Secret(/^\S+$/, 'has white space in it') S3_ACCESS_KEY_ID?: string;
  @Secret(/^\S+$/, 'has white space in it') S3_SECRET_ACCESS_KEY?: string;
  @TextLike(prefix, 'is not made of letters, digits, - and _ with slashes between') S3_PREFIX?: string;
  @YesNo() S3_PATH_STYLE?: boolean;
  @Port() HTTP_PORT = 8080;
  @TextLike(/^[\w.:-]+$/, 'is not an address of this machine or the name of one') HTTP_HOST?: string;
  @Port() STATUS_PORT?: number;
  @HttpAddress() PUBLIC_URL?: string;
  @WholeNumber(1, most) API_REQUESTS_PER_MINUTE = 600;
  @YesNo() API_IMAGE_LINKS = false;
  @SomeOf(roles) ROLES: Role[] = [...roles];
  @ListOf(digits, 'is not a list of Telegram ids') ADMIN_USER_IDS: string[] = [];
  @ListOf(digits, 'is not a list of Telegram ids') ALLOWED_USER_IDS: string[] = [];
  @WholeNumber(0, most) PRICE_IMAGE = 5;
  @WholeNumber(0, most) PRICE_TRAINING = 150;
  @WholeNumber(0, most) PRICE_TRAINING_FAST?: number;
  @WholeNumber(0, most) PRICE_TRAINING_BALANCED?: number;
  @WholeNumber(0, most) PRICE_TRAINING_QUALITY?: number;
  @WholeNumber(0, 99) FREE_RETRAINS = 1;
  @WholeNumber(0, 9999, ' of days') TRAINING_PHOTO_DAYS = 30;
  @WholeNumber(1, 9999, ' of days') DRAFT_DAYS = 30;
  @WholeNumber(0, 9999, ' of days') REPLACED_WEIGHTS_DAYS = 30;
  @WholeNumber(0, most) PRICE_UPSCALE = 10;
  @WholeNumber(0, most) WELCOME_CREDITS = 0;
  @Text() EXAMPLES_DIR?: string;
  @Text() OFFERS_FILE?: string;
  @Text() FAL_PRICES_FILE?: string;
  @Text() PRICES_FILE?: string;
  @WholeNumber(0, 9999, ' of days') REFUND_DAYS = 14;
  @WholeNumber(1, 9999, ' of seconds') RECONCILE_SECONDS = 180;
  @WholeNumber(0, most) REFERRAL_CREDITS = 0;
  @WholeNumber(0, most) CONFIRM_FIRST_ORDERS = 3;
  @TextLike(contactForm, 'is not a @name, a t.me or https address, or mailto:somebody@example.com')
  SUPPORT_CONTACT?: string;
  @Secret(/^https?:\/\//, 'does not start with https://') ALERT_WEBHOOK_URL?: string;
  @Secret(webhookSecret, 'is not whsec_ and 24 to 64 bytes in base64') ALERT_WEBHOOK_SECRET?: string;
  @WholeNumber(1, 9999) MAX_IN_FLIGHT = 40;
  @WholeNumber(1, 9999) MAX_IN_FLIGHT_PER_USER = 4;
  @WholeNumber(1, 99_999) MAX_OPEN_PER_USER = 50;
  @WholeNumber(0, most) DAILY_PROMPT_HELP = 100;
  @WholeNumber(0, most) DAILY_PHOTO_WORDS = 30;
  @WholeNumber(0, most) DAILY_UPLOAD_MEGABYTES = 1000;
  @WholeNumber(0, most) DAILY_DRAFTS = 10;
  @WholeNumber(0, most) DAILY_LORA_FILES = 10;
  @WholeNumber(1, most) DAILY_PICTURES?: number;
  @WholeNumber(1, most) DAILY_BUDGET?: number;
  @WholeNumber(1, most) MONTHLY_BUDGET?: number;
  @YesNo() REROLL_BLOCKED = false;
  @YesNo() LOOK_AT_FACES = true;
  @YesNo() CHECK_WORDS = true;
  @Text() WORDS_FILE?: string;
  @SomeOf(wordCategories) JUDGED_WORDS: WordCategory[] = [];
  @SomeOf([...wordCategories, 'none']) REFUSED_WORDS: (WordCategory | 'none')[] = ['minors'];
  @WholeNumber(0, most) SANDBOX_IMAGE_MILLISECONDS = 2000;
  @OneOf(logLevels) LOG_LEVEL: (typeof logLevels)[number] = 'info';
}

/**
 * Reads the known keys, secrets also from the files that `<name>_FILE` names; returns them with every problem, each a
 * sentence.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): {
  environment: Environment;
  problems: string[];
} {
  const environment = new Environment();
  const files = readSecretFiles(variables, secrets);
  for (const [name, read] of readers) {
    const text = files.texts.get(name) ?? variables[name]?.trim() ?? '';
    if (text !== '') Object.assign(environment, { [name]: read(text) });
  }
  const wrong = validateSync(environment, { stopAtFirstError: true }).flatMap(
    ({ property, constraints = {} }) =>
      Object.values(constraints).map((why) =>
        files.texts.has(property) ? `${why} (read from ${property}_FILE)` : why,
      ),
  );
  // Given, and wrong: nothing that follows shall say that they are missing.
  for (const name of files.broken) Object.assign(environment, { [name]: '' });
  return { environment, problems: [...wrong, ...files.problems] };
}
