import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/domain/errors.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { logged } from './logged.js';

describe('createLogger', () => {
  it('writes one JSON document per entry, with its facts', () => {
    const { log, entries } = logged();
    log.info('submitted', { generation: 'g-1', ticket: 'fal-ai/flux-lora/requests/r-1', images: 2 });
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        pid: process.pid,
        message: 'submitted',
        generation: 'g-1',
        ticket: 'fal-ai/flux-lora/requests/r-1',
        images: 2,
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { log, entries } = logged({ level: 'warn' });
    log.debug('one');
    log.info('two');
    log.warn('three');
    log.error('four');
    expect(entries().map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn three',
      'error four',
    ]);
  });

  it('says nothing when silent', () => {
    const { log, text } = logged({ level: 'silent' });
    log.error('lost');
    expect(text()).toBe('');
  });

  it('logs an error with its causes, and of what hangs on it only what is telling', () => {
    const { log, entries } = logged();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', port: 443 });
    const error = Object.assign(new TypeError('fetch failed', { cause }), {
      payload: { caption: 'a secret wish' },
      detail: 'Failing row contains (…, a secret wish, …)',
    });
    log.error('could not ask', { error });
    expect(entries()[0]?.error).toEqual({
      type: 'TypeError',
      message: 'fetch failed',
      stack: expect.stringContaining('pino-logger.test.ts'),
      cause: {
        type: 'Error',
        message: 'connect ECONNREFUSED',
        code: 'ECONNREFUSED',
        port: 443,
        stack: expect.any(String),
      },
    });
  });

  it('masks messages, facts at any depth, error messages, stacks and causes', () => {
    const secret = 'swordfish-1234';
    const { log, text } = logged({ secrets: [secret], level: 'debug' });
    const deep = new Error(`deep ${secret}`, { cause: `told ${secret}` });
    const error = new AggregateError([deep], `${secret} https://fal.media/a?sig=${secret}`, { cause: deep });
    log.error(`no ${secret}`, { error, list: [{ url: new URL('https://fal.media/a.png?X-Sig=feed') }] });
    expect(text()).not.toMatch(/swordfish|feed|sig=/i);
    expect(text()).toContain('https://fal.media/a.png?[cut]');
  });

  it('keeps prompts out, also when a whole job is among the facts or a refusal quotes one', () => {
    const { log, text } = logged();
    const prompt = 'me in a bathtub';
    const job = aGeneration({ prompt });
    log.info('job', { job: { ...job, order: { ...job.order, prompt: `TOK ${prompt}` } }, prompt });
    log.warn('refused', {
      error: new DomainError({
        code: 'invalid_input',
        problems: [{ field: 'prompt', code: 'too_long', received: prompt, allowed: '3-2000' }],
      }),
    });
    expect(text()).not.toContain('bathtub');
    expect(text()).toContain('invalid_input: prompt too_long');
    expect(text()).toContain(job.id);
  });

  it('withholds what is named a secret', () => {
    const { log, entries } = logged();
    log.info('settings', { apiKey: 'abc', bot: { token: 'def' }, headers: { Authorization: 'ghi' } });
    expect(entries()[0]).toMatchObject({
      apiKey: '[withheld]',
      bot: { token: '[withheld]' },
      headers: { Authorization: '[withheld]' },
    });
  });

  it('never fails, whatever the facts hold', () => {
    const { log, entries } = logged();
    const circle: Record<string, unknown> = { seed: 2n ** 64n, at: new Date(0), body: Buffer.alloc(9) };
    circle.itself = circle;
    Object.defineProperty(circle, 'broken', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    log.info('100% %s odd', { circle, level: 7, never: undefined, invalid: new Date(Number.NaN) });
    log.info('long', { text2: 'x'.repeat(9000), list: Array.from({ length: 60 }, (_, index) => index) });
    const [odd, long] = entries();
    expect(odd).toMatchObject({
      message: '100% %s odd',
      level: 'info',
      level_: 7,
      invalid: 'Invalid Date',
      circle: {
        seed: '18446744073709551616',
        at: '1970-01-01T00:00:00.000Z',
        body: '[9 bytes]',
        itself: '[circular]',
        broken: '[unreadable]',
      },
    });
    expect(String(long?.text2)).toHaveLength(4000 + '… [9000 characters]'.length);
    expect(long?.list).toHaveLength(51);
  });
});

describe('createLogger on a terminal', () => {
  const grey = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const failing = () => new Error('could not send\nat all', { cause: new Error('socket hang up') });

  it('writes one readable line per entry', () => {
    const { log, lines } = logged({ pretty: true });
    log.warn('could not deliver', { generation: 'g-1', error: failing(), to: 'a "b"', tries: 3 });
    expect(lines().map((line) => line.replaceAll(grey, ''))).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d\.\d{3} WARN {2}could not deliver {2}generation=g-1 error="could not send\\nat all ← socket hang up" to="a \\"b\\"" tries=3$/,
      ),
    ]);
  });

  it('adds the stacks on debug level', () => {
    const { log, lines } = logged({ pretty: true, level: 'debug' });
    log.error('broken', { error: failing() });
    expect(lines().filter((line) => line.includes('pino-logger.test.ts')).length).toBeGreaterThanOrEqual(2);
  });

  it('lets no text from outside break the line or steer the terminal', () => {
    const { log, text } = logged({ pretty: true });
    log.info('name\n\u001b[2J', { avatar: 'x\r\n\u001b]0;owned\u0007\u009b2J' });
    expect(text().match(/\n/g)).toHaveLength(1);
    for (const steering of ['\u001b[2J', '\u001b]', '\r', '\u0007', '\u009b'])
      expect(text()).not.toContain(steering);
  });

  it('is chosen by where it writes', () => {
    let text = '';
    const destination = { isTTY: true, write: (piece: string) => (text += piece) };
    logged({ destination }).log.info('hello');
    expect(text).toMatch(/INFO .*hello\n$/);
  });
});
