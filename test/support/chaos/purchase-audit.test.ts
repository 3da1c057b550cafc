import { describe, expect, it } from 'vitest';
import { FaultDiary } from './fault-diary.js';
import { auditPurchases } from './purchase-audit.js';

const begun = Date.now();
const at = (seconds: number) => new Date(begun + seconds * 1000);

const submit = (requestId: string, seconds: number, prompt = 'a cat') => ({
  ...{ requestId, endpoint: 'fal-ai/flux-lora', headers: {}, at: at(seconds) },
  input: { prompt, seed: 7 },
  webhookUrl: `http://127.0.0.1/webhooks/fal?for=generation:one:${requestId}`,
});
const webhook = (requestId: string, seconds: number, status: number) => ({
  ...{ step: 'webhook', method: 'POST', path: '/webhooks/fal', milliseconds: 1 },
  ...{ requestId, at: at(seconds), status },
});

const audited = (
  submits: readonly ReturnType<typeof submit>[],
  exchanges: readonly ReturnType<typeof webhook>[] = [],
) => auditPurchases({ submits, exchanges, diary: new FaultDiary() });

describe('what was bought twice', () => {
  it('is told of with whose it is, each submit and each webhook', () => {
    const two = [submit('1', 0), submit('2', 60), submit('3', 61, 'a dog')];
    const { duplicatePurchases, boughtTwice } = audited(two, [webhook('1', 1, 503), webhook('2', 61, 200)]);
    expect(duplicatePurchases).toBe(1);
    expect(boughtTwice).toHaveLength(1);
    expect(boughtTwice[0]).toMatch(/^generation:one:1 at .*webhook at .*\(503\); then generation:one:2 at /);
  });

  it('had to be when no webhook of the first was taken in time', () => {
    const two = [submit('1', 0), submit('2', 60)];
    expect(audited(two, [webhook('1', 1, 401), webhook('1', 50, 200)]).boughtNeedlessly).toEqual([]);
    expect(audited(two, [webhook('2', 61, 200)]).boughtNeedlessly).toEqual([]);
  });

  it('was bought needlessly when one was', () => {
    const two = [submit('1', 0), submit('2', 60)];
    expect(audited(two, [webhook('1', 1, 401), webhook('1', 2, 200)]).boughtNeedlessly).toHaveLength(1);
  });
});
