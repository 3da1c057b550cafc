import type { LocalFalLogLine, RecordedSubmit } from '../../../src/sandbox/fal/local-fal-options.js';
import type { FaultDiary } from './fault-diary.js';

export interface PurchaseAudit {
  readonly falSubmits: number;
  readonly duplicatePurchases: number;
  /** Each job that was bought more than once: when, what came of each submit and its webhook, and what went on then. */
  readonly boughtTwice: readonly string[];
  /** Those of them that a webhook had told of in time: nothing excuses these. */
  readonly boughtNeedlessly: readonly string[];
}

interface Scene {
  readonly submits: readonly RecordedSubmit[];
  /** Submits and webhooks, in the order in which they ended. */
  readonly exchanges: readonly LocalFalLogLine[];
  readonly diary: FaultDiary;
}

/** Every doubt waits longer than this for its webhook, in milliseconds. */
const surelyWaits = 25_000;
/** What went on so many milliseconds before or after may have had a part in it. */
const around = 1000;

/** What was bought twice, and whether it had to be. */
export function auditPurchases({ submits, exchanges, diary }: Scene): PurchaseAudit {
  const perJob = new Map<string, RecordedSubmit[]>();
  for (const submit of submits) perJob.set(jobOf(submit), [...(perJob.get(jobOf(submit)) ?? []), submit]);
  const twice = [...perJob.values()].filter(({ length }) => length > 1);
  const webhooksOf = ({ requestId }: RecordedSubmit) =>
    exchanges.filter((line) => line.step === 'webhook' && line.requestId === requestId);
  const told = (submit: RecordedSubmit) => {
    const answer = exchanges.find((line) => line.step === 'submit' && line.requestId === submit.requestId);
    const webhooks = webhooksOf(submit);
    const last = webhooks.at(-1) ?? answer;
    const beside = diary.wentOn(submit.at.getTime() - around, (last?.at ?? submit.at).getTime() + around);
    return [
      `${nameOf(submit)} at ${diary.secondsAt(submit.at)} s (${endOf(answer)})`,
      ...webhooks.map((line) => `webhook at ${diary.secondsAt(line.at)} s (${endOf(line)})`),
      ...beside.map((fault) => `beside ${fault}`),
    ].join(', ');
  };
  const isNeedless = (purchases: readonly RecordedSubmit[]) =>
    purchases.some((submit, index) => {
      const next = purchases[index + 1];
      const inTime = Math.min(submit.at.getTime() + surelyWaits, next?.at.getTime() ?? 0);
      return webhooksOf(submit).some(({ status, at }) => isTaken(status) && at.getTime() < inTime);
    });
  const stories = (of: readonly RecordedSubmit[][]) => of.map((all) => all.map(told).join('; then '));
  return {
    falSubmits: submits.length,
    duplicatePurchases: twice.reduce((extra, { length }) => extra + length - 1, 0),
    boughtTwice: stories(twice),
    boughtNeedlessly: stories(twice.filter(isNeedless)),
  };
}

/** Nobody answers what was dropped or not sent. */
const endOf = ({ fault = '', status }: Partial<LocalFalLogLine> = {}): string =>
  `${fault} ${status || 'no answer'}`.trim();

const isTaken = (status: number): boolean => status >= 200 && status < 300;

/** Pictures of a proof sheet share their seed; a training that is sent again has other addresses in it. */
const jobOf = ({ input }: RecordedSubmit): string =>
  String((input as { trigger_phrase?: string }).trigger_phrase ?? JSON.stringify(input));

/** Whose it is and which of its submits, where the webhook's address says so. */
const nameOf = ({ webhookUrl, requestId }: RecordedSubmit): string =>
  (webhookUrl && new URL(webhookUrl).searchParams.get('for')) ?? requestId;
