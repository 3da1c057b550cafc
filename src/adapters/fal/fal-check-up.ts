import type { Clock } from '../../application/ports/clock.js';
import type { ProviderCheck } from '../../application/ports/operator/provider-check.js';
import { createClient, type FalAccount } from './fal-client.js';
import { FalRefusal, FalUnreachable } from './fal-fetch.js';
import { readStatus } from './fal-status.js';
import { upload } from './files/fal-upload.js';
import { isRecord } from './json.js';
import { FalSigningKeys } from './webhooks/fal-signing-keys.js';

/** One way to fal, and how it is. */
export interface FalFinding {
  readonly subject: 'fal.ai' | 'fal.ai, REST' | 'fal.ai, uploads';
  readonly ok: boolean;
  readonly detail: string;
  readonly advice: string;
}

const milliseconds = 10_000;
const fileLivesSeconds = 3600;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Asks all of fal's hosts what costs nothing. Only answers that fal itself gives count: a portal answers too. */
export async function checkFal(account: FalAccount, clock: Clock): Promise<readonly FalFinding[]> {
  return Promise.all([checkQueue(account), checkRest(account, clock), checkUploads(account)]);
}

/** Whether fal takes the key, and in words what it said. */
interface Asked {
  readonly takesKey: 'yes' | 'no' | 'unknown';
  readonly detail: string;
  readonly advice?: string;
}

async function checkQueue(account: FalAccount): Promise<FalFinding> {
  const advice = `Check the network and FAL_QUEUE_URL (${account.queueUrl}).`;
  const { takesKey, ...said } = await askQueue(account);
  return { subject: 'fal.ai', ok: takesKey === 'yes', advice, ...said };
}

/** The same for an operator who has mended what was wrong with the key. */
export class FalProviderCheck implements ProviderCheck {
  constructor(private readonly account: FalAccount) {}

  async takesKey(): Promise<Asked['takesKey']> {
    return (await askQueue(this.account)).takesKey;
  }
}

/** A question about a request that cannot exist. */
async function askQueue(account: FalAccount): Promise<Asked> {
  try {
    const abortSignal = AbortSignal.timeout(milliseconds);
    readStatus(
      await createClient(account).queue.status('fal-ai/flux-lora', { requestId: nobody, abortSignal }),
    );
  } catch (error) {
    if (!(error instanceof FalRefusal)) return { takesKey: 'unknown', detail: troubleOf(error) };
    const { status, body } = error;
    // Every refusal of fal's says why, in its own form.
    if (!isRecord(body) || !('detail' in body))
      return { takesKey: 'unknown', detail: `something else than fal answers (${status})` };
    if (status === 401 || status === 402 || status === 403)
      return {
        takesKey: 'no',
        detail: `it refuses the key (${status})`,
        advice: 'Check FAL_KEY, and that the account has money.',
      };
    if (status === 429 || status >= 500)
      return { takesKey: 'unknown', detail: `it is in trouble (${status})`, advice: 'See status.fal.ai.' };
  }
  return { takesKey: 'yes', detail: 'reachable, and it knows the key' };
}

async function checkRest({ restUrl, fetch }: FalAccount, clock: Clock): Promise<FalFinding> {
  const subject = 'fal.ai, REST';
  const advice = `Check the network and FAL_REST_URL (${restUrl}).`;
  try {
    await new FalSigningKeys({ restUrl, clock, fetch }).some(() => true);
    return { subject, ok: true, detail: 'its signing keys can be read', advice };
  } catch (error) {
    const detail = `its signing keys cannot be read: ${troubleOf(error)}`;
    return { subject, ok: false, detail, advice };
  }
}

/** The file goes to a host that only fal names: a tiny one is sent, and gone after an hour. */
async function checkUploads(account: FalAccount): Promise<FalFinding> {
  const subject = 'fal.ai, uploads';
  try {
    const file = new File(['-'], 'check.txt', { type: 'text/plain' });
    const { restUrl } = account;
    const address = await upload({ client: createClient(account), restUrl }, file, fileLivesSeconds);
    return { subject, ok: true, detail: `a file was put at ${new URL(address).host}`, advice: '' };
  } catch (error) {
    return {
      subject,
      ok: false,
      detail: `no file can be put there, so no upscales and no trainings: ${troubleOf(error)}`,
      advice: 'Files go to hosts below fal.media, past FAL_REST_URL: let this machine reach *.fal.media.',
    };
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof FalUnreachable && error.reason instanceof Error) {
    const { cause, message } = error.reason;
    // A proxy that wants a word first (407) has no words itself.
    return (cause instanceof Error ? cause.message : '') || message;
  }
  if (error instanceof SyntaxError) return 'something else than fal answers';
  return error instanceof Error ? error.message : String(error);
}
