import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GuardedEventSender } from '../../../src/adapters/webhooks/guarded-event-sender.js';
import type { DueHookMessage } from '../../../src/application/ports/stores/event-hook-store.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { isSigned } from '../../support/alert-receiver.js';
import { longAgo, someone } from '../../support/builders/ids.js';
import { type HookReceiver, openAuthority, openHttpReceiver } from '../../support/hook-receiver.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'evt_0190b6f0-0000-4000-8000-000000000001_generation_done_mj3k';
const never = new AbortController().signal;
const message = (url: string): DueHookMessage => ({
  ...{ id, type: 'generation.done', at: longAgo, data: { id: 'g', prompt: 'ein Ritter — 騎士' } },
  ...{ secret, tries: 1, hook: { id: 'h', owner: someone, url, failingSince: null } },
});
const privateAddress = { kind: 'failed', trouble: 'private_address' };

describe('GuardedEventSender', () => {
  let authority: Awaited<ReturnType<typeof openAuthority>>;
  let receiver: HookReceiver;
  const clock = new FakeClock();
  beforeAll(async () => {
    authority = await openAuthority();
  });
  afterAll(() => authority.close());
  beforeEach(async () => {
    receiver = await authority.receiver();
  });
  afterEach(() => receiver.close());

  type Settings = ConstructorParameters<typeof GuardedEventSender>[0];
  /** To whom 127.0.0.1 stands for the internet, and the rest of loopback for what is inside. */
  const sender = (changes: Partial<Settings> = {}) =>
    new GuardedEventSender({
      ...{ clock, local: false, ca: authority.ca },
      resolve: async () => ['127.0.0.1'],
      isAllowed: (address) => address === '127.0.0.1',
      // No test waits for the end of a patience.
      milliseconds: 3_600_000,
      ...changes,
    });
  /** As it is in production, but for DNS. */
  const guarded = (answers: readonly string[], local = false) =>
    new GuardedEventSender({ clock, local, resolve: async () => answers });
  const shop = () => `https://shop.example:${receiver.port}/in?key=1`;

  it('posts what happened, signed, over TLS to the name that was given', async () => {
    expect(await sender().send(message(shop()), never)).toEqual({ kind: 'taken' });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    expect(isSigned(headers, body, secret, clock.now())).toBe(true);
    expect(isSigned(headers, `${body} `, secret, clock.now())).toBe(false);
    expect(headers).toMatchObject({
      ...{ host: `shop.example:${receiver.port}`, 'content-type': 'application/json', 'webhook-id': id },
    });
    expect(JSON.parse(body)).toEqual({
      ...{ type: 'generation.done', timestamp: longAgo.toISOString() },
      data: { id: 'g', prompt: 'ein Ritter — 騎士' },
    });
  });

  it('sends the same id again, with the time of now', async () => {
    await sender().send(message(shop()), never);
    clock.advance(300);
    await sender().send(message(shop()), never);
    const [first, second] = receiver.received.map(({ headers }) => headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp']) - Number(first?.['webhook-timestamp'])).toBe(300);
    expect(isSigned(second ?? {}, receiver.received[1]?.body ?? '', secret, clock.now())).toBe(true);
  });

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'this machine, for Linux'],
    ['10.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.100.100.200', "Alibaba's metadata"],
    ['169.254.169.254', 'metadata'],
    ['169.254.170.2', 'credentials of containers'],
    ['168.63.129.16', "Azure's wire server"],
    ['192.0.0.192', "Oracle's metadata"],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback, spelled out'],
    ['::ffff:127.0.0.1', 'IPv4-mapped: OneUptime #2578, private-ip #32'],
    ['::fFFf:7f00:1', 'IPv4-mapped in hexadecimal: node-ip CVE-2024-29415'],
    ['::127.0.0.1', 'IPv4-compatible: ipaddr.js #203'],
    ['::a9fe:a9fe', 'IPv4-compatible metadata'],
    ['::ffff:0:7f00:1', 'IPv4-translated: Meziantou.Framework #2566'],
    ['64:ff9b::a9fe:a9fe', 'NAT64: vulnerability-lookup GHSA-mvm9-4fhw-xqf3'],
    ['64:ff9b:1::a9fe:a9fe', 'local NAT64: Countly #7959'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['2002:a9fe:a9fe::', '6to4 of metadata: plunk #449'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
    ['fe80::1', 'link-local'],
    ['fe81::1', 'link-local beyond fe80: plunk #449'],
    ['febf::1', 'link-local'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', "AWS's metadata"],
    ['fec0::1', 'site-local: Meziantou.Framework #2566'],
    ['ff02::1', 'multicast'],
    ['100::1', 'discard'],
    ['2001:db8::1', 'of books'],
    ['5f00::1', 'segment routing'],
    ['fe80::1%lo', 'with a zone'],
    ['localhost', 'no address'],
    ['', 'nothing'],
  ])('connects to no %s (%s), whatever name leads there', async (address) => {
    expect(await guarded([address]).send(message('https://shop.example/'), never)).toEqual(privateAddress);
    expect(await guarded([address], true).send(message('https://shop.example/'), never)).toEqual(
      privateAddress,
    );
    // One that is well does not make up for it.
    expect(await guarded(['93.184.216.34', address]).send(message('https://shop.example/'), never)).toEqual(
      privateAddress,
    );
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '017700000001',
    '2130706433',
    '[::1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
  ])('connects to no private %s in the address itself, where nobody is asked', async (host) => {
    const asked: string[] = [];
    const resolve = async (name: string) => [name, ...asked.splice(0, 0, name)];
    const strict = new GuardedEventSender({ clock, local: false, ca: authority.ca, resolve });
    expect(await strict.send(message(`https://${host}:${receiver.port}/`), never)).toEqual(privateAddress);
    expect(asked).toEqual([]);
    expect(receiver.connections()).toBe(0);
  });

  it('connects to the very address that was checked, when DNS answers anew each time', async () => {
    // The same port inside: what a changed answer is after.
    const inside = await authority.receiver('127.0.0.2', receiver.port);
    const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.2'];
    let asked = 0;
    const resolve = async () => [answers[asked++] ?? '127.0.0.2'];
    const rebound = sender({ resolve });
    expect(await rebound.send(message(shop()), never)).toEqual({ kind: 'taken' });
    expect([asked, receiver.received.length, inside.connections()]).toEqual([1, 1, 0]);
    expect(await rebound.send(message(shop()), never)).toEqual(privateAddress);
    expect([asked, receiver.received.length, inside.connections()]).toEqual([2, 1, 0]);
    await inside.close();
  });

  it('follows no redirect, neither inside nor out', async () => {
    const inside = await authority.receiver('127.0.0.2', receiver.port);
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `https://127.0.0.2:${receiver.port}/latest/meta-data`;
      receiver.answers.push((response) => response.writeHead(status, { location }).end());
      expect(await sender().send(message(shop()), never)).toEqual({ kind: 'failed', trouble: 'redirected' });
      receiver.answers.push((response) => response.writeHead(status, { location: '/in' }).end());
      expect(await sender().send(message(shop()), never)).toEqual({ kind: 'failed', trouble: 'redirected' });
    }
    expect([receiver.received.length, inside.connections()]).toEqual([10, 0]);
    await inside.close();
  });

  it('says what became of it in a word of its own, never in what was answered', async () => {
    for (const status of [200, 201, 299, 400, 401, 404, 410, 429, 500, 503])
      receiver.answers.push((response) => response.writeHead(status).end('<secret of somebody else>'));
    const answers = [];
    for (let count = 0; count < 10; count += 1) answers.push(await sender().send(message(shop()), never));
    const failed = (status: number) => ({ kind: 'failed', trouble: `answered_${status}` });
    expect(answers).toEqual([
      ...Array.from({ length: 3 }, () => ({ kind: 'taken' })),
      ...[failed(400), failed(401), failed(404), { kind: 'gone' }, failed(429), failed(500), failed(503)],
    ]);
  });

  it.each([
    ['120', 120],
    ['0.5', 0.5],
    ['1000000000', 86_400],
    ['Infinity', 86_400],
    ['Sat, 28 Nov 2026 12:10:00 GMT', 600],
    ['Sat, 28 Nov 2099 12:10:00 GMT', 86_400],
    ['Sat, 28 Nov 2026 11:00:00 GMT', undefined],
    ['-5', undefined],
    ['0', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('tells for how long a busy address asks for quiet: %s', async (asked, quietFor) => {
    const headers = { 'retry-after': asked, date: 'Sat, 28 Nov 2026 12:00:00 GMT' };
    for (const status of [429, 503, 500])
      receiver.answers.push((response) => {
        response.sendDate = false;
        response.writeHead(status, headers).end();
      });
    const expected = (status: number) => ({
      ...{ kind: 'failed', trouble: `answered_${status}` },
      ...(quietFor === undefined ? {} : { quietFor }),
    });
    expect(await sender().send(message(shop()), never)).toEqual(expected(429));
    expect(await sender().send(message(shop()), never)).toEqual(expected(503));
    expect(await sender().send(message(shop()), never)).toEqual({ kind: 'failed', trouble: 'answered_500' });
  });

  it('reads no more than the beginning of an answer without end, and closes it', async () => {
    const closed = new Promise<number>((resolve) =>
      receiver.answers.push((response) => {
        let written = 0;
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(16_384))) written += 16_384;
        };
        response
          .writeHead(200)
          .on('drain', more)
          .on('close', () => resolve(written));
        more();
      }),
    );
    expect(await sender().send(message(shop()), never)).toEqual({ kind: 'taken' });
    // What lies in the buffers of both sides was written, too.
    expect(await closed).toBeLessThan(30_000_000);
  });

  it('waits no longer than it should: for DNS, for an answer, for headers that drip', async () => {
    const brief = (changes: Partial<Settings> = {}) => sender({ milliseconds: 300, ...changes });
    const late = { kind: 'failed', trouble: 'timed_out' };
    const resolve: Settings['resolve'] = (_, stopped) =>
      new Promise((_resolve, reject) => stopped.addEventListener('abort', () => reject(new Error('over'))));
    expect(await brief({ resolve }).send(message(shop()), never)).toEqual(late);
    receiver.answers.push(() => undefined);
    expect(await brief().send(message(shop()), never)).toEqual(late);
    receiver.answers.push((response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => response.socket?.write('x: y\r\n'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await brief().send(message(shop()), never)).toEqual(late);
    // Whose status is there was answered, however long the rest takes.
    receiver.answers.push((response) => response.writeHead(200).write('a'));
    expect(await brief().send(message(shop()), never)).toEqual({ kind: 'taken' });
  });

  it('tells a wrong certificate, a name without an address and a closed door apart', async () => {
    const troubles = async (...args: Parameters<typeof message>) => sender().send(message(...args), never);
    const failed = (trouble: string) => ({ kind: 'failed', trouble });
    expect(await troubles(`https://other.example:${receiver.port}/`)).toEqual(failed('bad_certificate'));
    const stranger = new GuardedEventSender({
      clock,
      local: false,
      ...{ isAllowed: () => true },
      resolve: async () => ['127.0.0.1'],
    });
    expect(await stranger.send(message(shop()), never)).toEqual(failed('bad_certificate'));
    expect(receiver.received).toEqual([]);
    expect(await sender({ resolve: async () => [] }).send(message(shop()), never)).toEqual(
      failed('no_address'),
    );
    receiver.answers.push(
      (response) => response.destroy(),
      (response) => {
        response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
      },
      (response) => {
        response.socket?.end('220 mail.example ESMTP\r\n');
      },
    );
    for (let count = 0; count < 3; count += 1) expect(await troubles(shop())).toEqual(failed('not_reached'));
    await receiver.close();
    expect(await troubles(shop())).toEqual(failed('not_reached'));
  });

  it('gives up what is under way when the process stops', async () => {
    const stopping = new AbortController();
    receiver.answers.push(() => stopping.abort(new Error('this process stops')));
    await expect(sender().send(message(shop()), stopping.signal)).rejects.toThrow();
  });

  it('sends to this machine in the sandbox, by its name alone and over http', async () => {
    const plain = await openHttpReceiver();
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return ['127.0.0.1'];
    };
    const local = new GuardedEventSender({ clock, local: true, resolve });
    for (const host of ['localhost', '127.0.0.1'])
      expect(await local.send(message(`http://${host}:${plain.port}/`), never)).toEqual({ kind: 'taken' });
    expect(asked).toEqual([]);
    expect(await local.send(message(`http://shop.example:${plain.port}/`), never)).toEqual(privateAddress);
    expect(await local.send(message(`http://localhost.:${plain.port}/`), never)).toEqual(privateAddress);
    expect(await local.send(message(`http://127.0.0.2:${plain.port}/`), never)).toEqual(privateAddress);
    const live = new GuardedEventSender({ clock, local: false, resolve });
    for (const host of ['localhost', '127.0.0.1'])
      expect(await live.send(message(`http://${host}:${plain.port}/`), never)).toEqual(privateAddress);
    expect(plain.received).toHaveLength(2);
    await plain.close();
  });
});
