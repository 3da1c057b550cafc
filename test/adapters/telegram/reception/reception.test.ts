import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { Reception } from '../../../../src/adapters/telegram/reception/reception.js';
import { FakeTiming } from '../../../fakes/fake-timing.js';
import { RecordingLogger } from '../../../fakes/recording-logger.js';

const no = (error_code: number, description = 'no', parameters = {}) =>
  new GrammyError('no', { ok: false, error_code, description, parameters }, 'getUpdates', {});

function aReception() {
  const timing = new FakeTiming();
  const log = new RecordingLogger();
  const reception = new Reception(timing, log);
  reception.heard();
  const repeatedly = (error: unknown, times: number) =>
    Array.from({ length: times }, () => {
      const wait = reception.trouble(error);
      timing.now += wait;
      return wait / 1000;
    });
  return { timing, log, reception, repeatedly };
}

test('after a 409 it is asked again after 5, 10, 20 and then 40 seconds for ever, and readiness says so', () => {
  const { reception, repeatedly, log } = aReception();
  expect(repeatedly(no(409), 6)).toEqual([5, 10, 20, 40, 40, 40]);
  expect(reception.complaint()).toContain('another program fetches the updates');
  expect(reception.isContested()).toBe(true);
  expect(reception.needsRestart()).toBeNull();
  expect(log.at('error')).toHaveLength(1);
  reception.heard();
  expect(reception.complaint()).toBeNull();
  expect(reception.isContested()).toBe(false);
});

test('two that take turns slow down: a short success between is no calm', () => {
  const { reception, repeatedly, timing } = aReception();
  const waits = [1, 2, 3, 4, 5].map(() => {
    const [wait] = repeatedly(no(409), 1);
    reception.heard();
    timing.now += 10_000;
    return wait;
  });
  expect(waits).toEqual([5, 10, 20, 40, 40]);
  timing.now += 70_000;
  expect(repeatedly(no(409), 1)).toEqual([5]);
});

test('pauses differ by chance, so that two do not meet again and again', () => {
  const { timing, reception } = aReception();
  timing.chance = 0;
  expect(reception.trouble(no(409))).toBe(4000);
  timing.chance = 1;
  expect(reception.trouble(no(409))).toBe(12_000);
});

test('a token refused for a minute is beyond recovery; one odd 401 is not', () => {
  const { reception, repeatedly } = aReception();
  repeatedly(no(401), 1);
  expect(reception.complaint()).toContain('refuses the bot token');
  expect(reception.isContested()).toBe(false);
  expect(reception.needsRestart()).toBeNull();
  reception.heard();
  expect(reception.complaint()).toBeNull();
  repeatedly(no(401), 4);
  expect(reception.needsRestart()).toContain('refuses the bot token');
  reception.heard();
  expect(reception.needsRestart()).toBeNull();
});

test('what only takes patience never asks for a restart', () => {
  const { reception, repeatedly } = aReception();
  for (const error of [
    no(502),
    no(409),
    no(429, 'slowly', { retry_after: 400 }),
    new HttpError('away', new Error()),
  ])
    repeatedly(error, 20);
  expect(reception.needsRestart()).toBeNull();
  expect(reception.trouble(no(429, 'slowly', { retry_after: 7 }))).toBe(7000);
  expect(reception.complaint()).not.toBeNull();
});

test('when nobody asks any more, only a restart helps', () => {
  const { reception, timing } = aReception();
  timing.now += 299_000;
  expect(reception.needsRestart()).toBeNull();
  timing.now += 2000;
  expect(reception.needsRestart()).toContain('nobody has asked');
});
