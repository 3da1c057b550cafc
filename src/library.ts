import 'reflect-metadata';
import { createLogger } from './adapters/observability/pino-logger.js';
import { Worker } from './adapters/queue/worker.js';
import { findAnyonesAvatar } from './application/avatars/find-avatar.js';
import { AwaitGeneration } from './application/generation/await-generation.js';
import { checkRequest, RequestGeneration } from './application/generation/request-generation.js';
import { attempt, refuseTogether } from './application/input/deferred-refusal.js';
import type { Progress } from './application/ports/stores/generation-store.js';
import type { Database } from './application/ports/stores/stores.js';
import { type Composed, compose } from './composition/composition-root.js';
import { services } from './composition/identifiers.js';
import { type Config, loadConfig, secretsOf } from './composition/settings/config.js';
import { invalidInput, type Problem } from './domain/errors.js';
import type { Failure } from './domain/failure.js';
import { chargedFor, type GenerationStatus } from './domain/generation/generation.js';
import { type GenerationConfig, type ReadConfig, readConfig } from './domain/generation/generation-config.js';
import { type Preset, type PresetName, presets } from './domain/generation/preset.js';
import { userId } from './domain/ids.js';
import { storableData } from './domain/text/storable-text.js';

export type { GenerationConfig } from './domain/generation/generation-config.js';

export interface AvatarImageRequest {
  /** Id or name of an avatar that is ready; without one the owner's main avatar. */
  readonly avatar?: string | undefined;
  /** 3-2000 characters. The avatar's trigger is put in front of it. */
  readonly prompt: string;
  /** Single values, a preset by name, or an entry of `getGenerationConfigPresets()` as it is. */
  readonly config?: GenerationConfig | undefined;
  /** Telegram id of the owner, who pays. Without it the avatar's own owner, as long as its name is unambiguous. */
  readonly owner?: string | undefined;
  /** Called at every change while the job waits and runs. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the waiting; the job itself goes on and its images stay in the gallery. */
  readonly signal?: AbortSignal | undefined;
}

export interface AvatarImage {
  readonly id: string;
  /** `delivered` when there are images. */
  readonly status: GenerationStatus;
  readonly endpoint: string;
  /** The final prompt, with the trigger. */
  readonly prompt: string;
  /** As text: fal's own seeds exceed what a number holds. */
  readonly seed: string | null;
  readonly images: ReadonlyArray<{
    readonly width: number;
    readonly height: number;
    readonly contentType: string;
    readonly data: Buffer;
  }>;
  /** Credits charged for what arrived. */
  readonly credits: number;
  /** From the request to the images. */
  readonly milliseconds: number;
  readonly failure?: Failure | undefined;
}

export interface Aisha {
  /**
   * Makes images of an avatar through the durable queue and waits for them. A job that ends without images is a
   * result with its `failure`, not an error.
   * @throws DomainError when the request is refused, with everything wrong at once; nothing was charged then
   */
  generateAvatarImage(request: AvatarImageRequest): Promise<AvatarImage>;
  /** The presets by name; each is a `config`. */
  getGenerationConfigPresets(): Readonly<Record<PresetName, Preset>>;
  /** Ends the worker and closes the database. Jobs that are not done go on at the next start. */
  close(): Promise<void>;
}

/**
 * Aisha as a library. `variables` are the settings of `.env.example`; without them the process's environment.
 * Nothing is opened before the first image is asked for. With no keys at all it runs in the sandbox.
 *
 * @example
 * const aisha = createAisha({ FAL_KEY: '…', DATABASE_URL: 'postgres://…' });
 * const { images } = await aisha.generateAvatarImage({ avatar: 'me', prompt: 'in medieval armor' });
 * await aisha.close();
 * @throws ConfigError with every wrong setting
 */
export function createAisha(variables: Readonly<Record<string, string | undefined>> = process.env): Aisha {
  const config = loadConfig(variables, new Set(['worker']));
  return aishaOn(() => openForCalls(config), config);
}

async function openForCalls(config: Config): Promise<Composed> {
  const log = createLogger({
    level: config.logLevel === 'info' ? 'warn' : config.logLevel,
    secrets: secretsOf(config),
  });
  return compose(config, log, { fal: true, telegram: false });
}

/** The calls over a composition that is opened at the first of them. */
export function aishaOn(open: () => Promise<Composed>, config: Config): Aisha {
  let opening: Promise<Working> | null = null;
  const opened = () => {
    opening ??= openAndWork(open).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    async generateAvatarImage(request) {
      const { composed } = await opened();
      return generate(composed, storableData(request), config);
    },
    getGenerationConfigPresets: () => presets,
    async close() {
      // Whoever asked for an image has heard why it could not be opened.
      const working = await opening?.catch(() => null);
      opening = null;
      await working?.close();
    },
  };
}

interface Working {
  readonly composed: Composed;
  close(): Promise<void>;
}

async function openAndWork(open: () => Promise<Composed>): Promise<Working> {
  const composed = await open();
  const { container, resources } = composed;
  try {
    const works = await workIfAlone(composed);
    return {
      composed,
      async close() {
        if (works) await container.get(Worker).stop();
        await resources.close();
      },
    };
  } catch (error) {
    await resources.close();
    throw error;
  }
}

/** A service that runs on the same database does the work; otherwise this process does. */
async function workIfAlone({ container }: Composed): Promise<boolean> {
  if ((await container.get(services.workerRegistry).countAlive()) > 0) return false;
  await container.get(Worker).start();
  return true;
}

async function generate(
  { container }: Composed,
  request: AvatarImageRequest,
  config: Config,
): Promise<AvatarImage> {
  const database = container.get(services.database);
  const startedAt = Date.now();
  const form = readConfig(request.config);
  // In the sandbox the local user is meant; the operator of a live one need not say whose it is.
  const named = request.owner ?? (config.mode === 'sandbox' ? '1' : undefined);
  const problems = [...unknownKeys(request), ...form.problems];
  const { avatar, prompt } = request;
  const accepted = await inTheCallersNames(form, async () => {
    const owner = userId(named ?? (await ownerOf(database, request, { ...form, problems })));
    return container
      .get(RequestGeneration)
      .execute(
        { avatar, preset: form.preset, prompt, overrides: form.overrides },
        { owner, problems, sure: true, origin: { transport: 'caller', address: {} } },
      );
  });
  const { onProgress, signal } = request;
  const { generation, images } = await container.get(AwaitGeneration).execute(accepted.id, {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const media = container.get(services.media);
  const reported = 'seed' in generation ? generation.seed : null;
  return {
    id: generation.id,
    // Who has the images here has been handed them; the row says so a moment later.
    status: generation.status === 'collected' ? 'delivered' : generation.status,
    endpoint: generation.order.endpoint,
    prompt: generation.order.prompt,
    seed: reported?.toString() ?? generation.order.seed?.toString() ?? null,
    images: await Promise.all(
      images.map(async ({ width, height, contentType, mediaKey }) => ({
        width,
        height,
        contentType,
        data: await media.bytes(mediaKey),
      })),
    ),
    credits: chargedFor(generation),
    milliseconds: Date.now() - startedAt,
    ...(generation.status === 'failed' ? { failure: generation.failure } : {}),
  };
}

const requestKeys = ['avatar', 'prompt', 'config', 'owner', 'onProgress', 'signal'];

/** Beside the config, too, a name that nobody knows would be left out silently. */
const unknownKeys = (request: AvatarImageRequest): Problem[] =>
  Object.entries(request)
    .filter(([key, value]) => value !== undefined && !requestKeys.includes(key))
    .map(([key]) => ({ field: key, code: 'unknown_value', allowed: requestKeys.join(', ') }));

/** @throws DomainError that calls each field what the caller calls it */
async function inTheCallersNames<Result>(
  { asWritten }: ReadConfig,
  work: () => Promise<Result>,
): Promise<Result> {
  const result = await attempt(work);
  if ('value' in result) return result.value;
  const { refusal } = result.refused;
  throw refusal.code === 'invalid_input' ? invalidInput(refusal.problems.map(asWritten)) : result.refused;
}

/** @throws DomainError with all else that is wrong too: without an owner nobody looks further. */
async function ownerOf(
  { stores }: Database,
  { avatar: named, prompt }: AvatarImageRequest,
  { preset, overrides, problems }: ReadConfig,
): Promise<string> {
  const avatar = await attempt(() => {
    if (named !== undefined) return findAnyonesAvatar(stores, named);
    throw invalidInput([
      { field: 'avatar', code: 'required', allowed: 'an id or name, or an owner with a main avatar' },
    ]);
  });
  if ('value' in avatar) return avatar.value.owner;
  refuseTogether([...problems, ...checkRequest({ preset, prompt, overrides })], { avatar });
  throw avatar.refused;
}
