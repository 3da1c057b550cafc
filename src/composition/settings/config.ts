import type { S3Settings } from '../../adapters/media/s3/s3-refused.js';
import type { Policy } from '../../application/policy/policy.js';
import type { TrainingPolicy } from '../../application/policy/training-policy.js';
import type { Role } from '../../application/ports/hosted-service.js';
import { promoTries } from '../../domain/allowance.js';
import { userId } from '../../domain/ids.js';
import type { WordCategory } from '../../domain/text/word-lists.js';
import { problemsOfAlerts } from './alert-webhook.js';
import { bucketOf, problemsOfBucket } from './bucket-settings.js';
import { contactAddress } from './contact-address.js';
import { plainDatabaseUrl, problemsOfDatabaseUrl } from './database-url.js';
import { readEnvironment, roles } from './environment.js';
import { problemsOfPublicUrl } from './public-url.js';
import { trainingPrices } from './training-prices.js';

/** Everything a process needs to know, checked. */
export interface Config {
  readonly mode: 'live' | 'sandbox';
  /** MODE says so; else it follows from which keys are set. */
  readonly modeByName: boolean;
  readonly roles: ReadonlySet<Role>;
  readonly telegram: {
    readonly token: string | null;
    readonly apiUrl: string;
    readonly messagesPerSecond: number;
    readonly sendsAtOnce: number;
    /** Where a Bot API server of one's own keeps files, on this machine. */
    readonly filesDir: string | null;
    /** Bytes. */
    readonly downloadLimit: number;
    readonly uploadLimit: number;
  };
  readonly fal: {
    readonly key: string | null;
    readonly queueUrl: string;
    readonly restUrl: string;
    /** A key of the scope Admin, which alone is shown the bill; `null`: there is none. */
    readonly adminKey: string | null;
    readonly apiUrl: string;
    /** Hosts, or beginnings of paths on them; `null`: fal's own. */
    readonly mediaHosts: readonly string[] | null;
  };
  readonly databaseUrl: string | null;
  /** Of the old system, for `aisha import --from-postgres`. */
  readonly oldDatabaseUrl: string | null;
  /** The most that this process opens. */
  readonly databaseConnections: number;
  readonly dataDir: string;
  /** Where pictures, weights and photos are kept. */
  readonly mediaStore: 'folder' | 's3';
  /** The bucket that media are in, or were, or shall be; `null`: none is named. */
  readonly s3: S3Settings | null;
  /** With fewer bytes free on the disk of `dataDir` nothing is bought. */
  readonly diskFloorBytes: number;
  readonly httpPort: number;
  /** Where the web server listens; `null`: all addresses of this machine. */
  readonly httpHost: string | null;
  /** Of a listener for readiness and metrics alone; `null`: they are on `httpPort`, for this machine only. */
  readonly statusPort: number | null;
  readonly publicUrl: string | null;
  /** Of one key of the API, in this process. */
  readonly apiRequestsPerMinute: number;
  /** Whether programs that ask for it are sent to the bucket for a picture. */
  readonly apiImageLinks: boolean;
  /** Where people reach the operator: an `https:` or `mailto:` address. */
  readonly supportContact: string | null;
  /** A folder with pictures for people who have no avatar yet; `null`: none, or drawn ones in the sandbox. */
  readonly examplesDir: string | null;
  /** What is sold; `null`: the offers that come with the program. */
  readonly offersFile: string | null;
  /** What people are asked for, where it differs from the PRICE_ settings; `null`: nowhere. */
  readonly pricesFile: string | null;
  /** What fal asks for its work; `null`: the prices that come with the program. */
  readonly falPricesFile: string | null;
  /** So many days after paying a person may give an untouched payment back by themselves; 0: never. */
  readonly refundDays: number;
  /** How often a worker reads on in the books of whoever takes people's money. */
  readonly reconcileSeconds: number;
  readonly referralCredits: number;
  /** Whether faces are looked for in photos and made pictures at all. */
  readonly lookAtFaces: boolean;
  /** What the words of prompts are looked at for; `null`: they are not. */
  readonly words: {
    /** The operator's lists, before those that come with the program. */
    readonly file: string | null;
    /** What a language model is asked about as well. */
    readonly judged: readonly WordCategory[];
    readonly refused: ReadonlySet<WordCategory>;
  } | null;
  /** Where operators are told of troubles outside the chat; `null`: nowhere. */
  readonly alerts: { readonly url: string; readonly secret: string } | null;
  /** The prices are those of the settings: a list of the operator's is laid over them when it was read. */
  readonly policy: Omit<Policy, 'providerPrices' | 'picturePrices'>;
  readonly trainingPolicy: TrainingPolicy;
  readonly sandboxImageMilliseconds: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** The settings are wrong: the message names every problem and the way out. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads the configuration from environment variables. `only` narrows the roles: a command of the CLI runs no bot
 * and needs no token.
 * @throws ConfigError with all problems at once
 */
export function loadConfig(
  variables: Readonly<Record<string, string | undefined>>,
  only: ReadonlySet<Role> = new Set(roles),
): Config {
  const { environment: env, problems } = readEnvironment(variables);
  const runs = new Set(env.ROLES.filter((role) => only.has(role)));
  const keyless = env.TELEGRAM_BOT_TOKEN === undefined && env.FAL_KEY === undefined;
  const mode = env.MODE ?? (keyless ? 'sandbox' : 'live');
  problems.push(...missingKeys(mode, runs, env));
  for (const name of ['DATABASE_URL', 'OLD_DATABASE_URL'] as const)
    problems.push(...problemsOfDatabaseUrl(name, env[name] ?? ''));
  if (env.PUBLIC_URL !== undefined && env.TELEGRAM_BOT_TOKEN !== undefined && runs.has('bot'))
    problems.push(...problemsOfPublicUrl(env.PUBLIC_URL, env.TELEGRAM_API_URL));
  problems.push(...problemsOfAlerts(mode, env.ALERT_WEBHOOK_URL, env.ALERT_WEBHOOK_SECRET));
  problems.push(...problemsOfBucket(env));
  if (env.STATUS_PORT === env.HTTP_PORT && env.HTTP_PORT !== 0)
    problems.push(`STATUS_PORT and HTTP_PORT are both ${env.HTTP_PORT}: each needs a port of its own.`);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    mode,
    modeByName: env.MODE !== undefined,
    roles: runs,
    telegram: {
      token: env.TELEGRAM_BOT_TOKEN ?? null,
      apiUrl: env.TELEGRAM_API_URL,
      messagesPerSecond: env.TELEGRAM_MESSAGES_PER_SECOND,
      sendsAtOnce: env.TELEGRAM_SENDS_AT_ONCE,
      filesDir: env.TELEGRAM_FILES_DIR ?? null,
      downloadLimit: env.TELEGRAM_DOWNLOAD_MB * 2 ** 20,
      uploadLimit: env.TELEGRAM_UPLOAD_MB * 2 ** 20,
    },
    fal: {
      key: env.FAL_KEY ?? null,
      queueUrl: env.FAL_QUEUE_URL,
      restUrl: env.FAL_REST_URL,
      adminKey: env.FAL_ADMIN_KEY ?? null,
      apiUrl: env.FAL_API_URL,
      mediaHosts: env.FAL_MEDIA_HOSTS ?? null,
    },
    databaseUrl: env.DATABASE_URL === undefined ? null : plainDatabaseUrl(env.DATABASE_URL),
    oldDatabaseUrl: env.OLD_DATABASE_URL ?? null,
    databaseConnections: env.DATABASE_CONNECTIONS,
    dataDir: env.DATA_DIR,
    mediaStore: env.MEDIA_STORE,
    s3: bucketOf(env),
    diskFloorBytes: env.DISK_FLOOR_MB * 1_000_000,
    httpPort: env.HTTP_PORT,
    // The sandbox lets anybody act as its people: this machine only, unless somebody wants it otherwise by name.
    httpHost: env.HTTP_HOST ?? (env.PUBLIC_URL === undefined || mode === 'sandbox' ? '127.0.0.1' : null),
    statusPort: env.STATUS_PORT ?? null,
    publicUrl: env.PUBLIC_URL ?? null,
    apiRequestsPerMinute: env.API_REQUESTS_PER_MINUTE,
    apiImageLinks: env.API_IMAGE_LINKS,
    examplesDir: env.EXAMPLES_DIR ?? null,
    offersFile: env.OFFERS_FILE ?? null,
    pricesFile: env.PRICES_FILE ?? null,
    falPricesFile: env.FAL_PRICES_FILE ?? null,
    refundDays: env.REFUND_DAYS,
    reconcileSeconds: env.RECONCILE_SECONDS,
    referralCredits: env.REFERRAL_CREDITS,
    lookAtFaces: env.LOOK_AT_FACES,
    words: env.CHECK_WORDS
      ? {
          file: env.WORDS_FILE ?? null,
          judged: env.JUDGED_WORDS,
          refused: new Set(env.REFUSED_WORDS.filter((category) => category !== 'none')),
        }
      : null,
    alerts:
      env.ALERT_WEBHOOK_URL === undefined || env.ALERT_WEBHOOK_SECRET === undefined
        ? null
        : { url: env.ALERT_WEBHOOK_URL, secret: env.ALERT_WEBHOOK_SECRET },
    supportContact: env.SUPPORT_CONTACT === undefined ? null : contactAddress(env.SUPPORT_CONTACT),
    policy: {
      priceImage: env.PRICE_IMAGE,
      priceUpscale: env.PRICE_UPSCALE,
      welcomeCredits: env.WELCOME_CREDITS,
      confirmFirstOrders: env.CONFIRM_FIRST_ORDERS,
      inFlightTotal: env.MAX_IN_FLIGHT,
      inFlightPerUser: env.MAX_IN_FLIGHT_PER_USER,
      openPerUser: env.MAX_OPEN_PER_USER,
      webhooks: env.PUBLIC_URL !== undefined,
      rerollBlocked: env.REROLL_BLOCKED,
      allowedUsers: new Set(env.ALLOWED_USER_IDS.map(userId)),
      admins: new Set(env.ADMIN_USER_IDS.map(userId)),
      allowances: {
        prompt_help: env.DAILY_PROMPT_HELP,
        photo_words: env.DAILY_PHOTO_WORDS,
        upload_bytes: env.DAILY_UPLOAD_MEGABYTES * 2 ** 20,
        drafts: env.DAILY_DRAFTS,
        lora_files: env.DAILY_LORA_FILES,
        promo_codes: promoTries,
      },
      quotas: {
        pictures: env.DAILY_PICTURES ?? null,
        budgets: { day: microdollars(env.DAILY_BUDGET), month: microdollars(env.MONTHLY_BUDGET) },
      },
      localAddresses: mode === 'sandbox',
    },
    trainingPolicy: {
      prices: trainingPrices(env),
      freeRetrains: env.FREE_RETRAINS,
      photoDays: env.TRAINING_PHOTO_DAYS,
      draftDays: env.DRAFT_DAYS,
      replacedWeightsDays: env.REPLACED_WEIGHTS_DAYS,
    },
    sandboxImageMilliseconds: env.SANDBOX_IMAGE_MILLISECONDS,
    logLevel: env.LOG_LEVEL,
  };
}

const microdollars = (dollars: number | undefined) => (dollars === undefined ? null : dollars * 1_000_000);

function missingKeys(
  mode: 'live' | 'sandbox',
  runs: ReadonlySet<Role>,
  env: { TELEGRAM_BOT_TOKEN?: string; FAL_KEY?: string },
): string[] {
  if (mode === 'sandbox') return [];
  const wayOut =
    'or ask for MODE=sandbox by name, where pictures are drawn by a local stand-in and nobody is charged';
  const hasToken = env.TELEGRAM_BOT_TOKEN !== undefined;
  const hasKey = env.FAL_KEY !== undefined;
  if (hasToken && !hasKey)
    return [
      `TELEGRAM_BOT_TOKEN is set and FAL_KEY is not: no picture could be made. Set FAL_KEY, ${wayOut}.`,
    ];
  if (hasKey && !hasToken && runs.has('bot'))
    return [
      `FAL_KEY is set and TELEGRAM_BOT_TOKEN is not: the bot role cannot run. Set TELEGRAM_BOT_TOKEN, leave bot out of ROLES (ROLES=worker,http), ${wayOut}.`,
    ];
  if (!hasKey)
    return [
      `MODE is live and FAL_KEY is not set. Set FAL_KEY${runs.has('bot') && !hasToken ? ' and TELEGRAM_BOT_TOKEN' : ''}, ${wayOut}.`,
    ];
  return [];
}

/** What must never be seen in a log. */
export function secretsOf({ telegram, fal, databaseUrl, oldDatabaseUrl, alerts, s3 }: Config): string[] {
  const password = (url: string | null) => (url !== null && URL.canParse(url) ? new URL(url).password : '');
  const passwords = [password(databaseUrl), password(oldDatabaseUrl)];
  // The address of a receiver may be all that lets one in.
  const bucket = [s3?.accessKeyId, s3?.secretAccessKey];
  return [
    ...[telegram.token, fal.key, fal.adminKey, ...passwords, ...bucket, alerts?.url, alerts?.secret],
  ].filter((secret): secret is string => secret != null && secret !== '');
}
