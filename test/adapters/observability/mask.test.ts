import { describe, expect, it } from 'vitest';
import { createMask } from '../../../src/adapters/observability/mask.js';

const falKey = '0b5e7a9c-1d2f-4e3a-8b4c-5d6e7f8a9b0c:0123456789abcdef0123456789abcdef';
const botToken = '7654321098:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

describe('createMask', () => {
  it.each([
    ['a known secret', 'the password is correct-horse!', 'the password is [secret]'],
    [
      'a known secret in an address',
      'at correct%2Dhorse! or correct-horse!',
      'at correct%2Dhorse! or [secret]',
    ],
    [
      'a known secret as a parameter has it',
      'sent k+e/y=== as k%2Be%2Fy%3D%3D%3D',
      'sent [secret] as [secret]',
    ],
    ['the half of a key behind the colon', 'half: second-half-of-the-key', 'half: [secret]'],
    ['a bot token nobody told it of', `token ${botToken} refused`, 'token [secret] refused'],
    ['a fal key nobody told it of', `Key ${falKey}`, 'Key [secret]'],
    [
      'an authorization header',
      '{"authorization":"Key abc:def","a":1}',
      '{"authorization":"[secret]","a":1}',
    ],
    [
      'a bot token in an address',
      `POST https://api.telegram.org/bot${botToken}/sendPhoto failed`,
      'POST https://api.telegram.org/bot[secret]/sendPhoto failed',
    ],
    [
      "a webhook's secret that nobody told it of",
      'signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa+/SwAA==, not taken',
      'signed with whsec_[secret], not taken',
    ],
    ['the same in a parameter', 'as whsec_MfKQ9r8GKYqrTwjUPD8I%2BLPZIo2%3D&b', 'as whsec_[secret]&b'],
    ['the sandbox bot', 'http://127.0.0.1:1/bot1:sandbox/getMe', 'http://127.0.0.1:1/bot[secret]/getMe'],
    [
      'the query of an address',
      'GET https://fal.media/files/a.png?X-Signature=abc&e=1 answered 403',
      'GET https://fal.media/files/a.png?[cut] answered 403',
    ],
    ['a query without a name', 'https://x.test/a?opensesame', 'https://x.test/a?[cut]'],
    ['a fragment', '"https://x.test/a#tgWebAppData=1"', '"https://x.test/a?[cut]"'],
    ['the query of a path', 'GET /files/a.png?token=abc&e=1 404', 'GET /files/a.png?[cut] 404'],
    ['credentials', 'postgres://aisha:pa@ss@db:5432/aisha', 'postgres://[secret]@db:5432/aisha'],
  ])('hides %s', (_, text, masked) => {
    const mask = createMask(['correct-horse!', 'k+e/y===', 'first:second-half-of-the-key']);
    expect(mask(text)).toBe(masked);
  });

  it('leaves what an operator needs', () => {
    const text =
      'generation 01890000-0000-7000-8000-000000000001, ticket fal-ai/flux-lora/requests/764cabcf-b745, ' +
      'https://queue.fal.run/fal-ai/flux-lora at 12:30:45: what now? 2=2, a secret begins with whsec_';
    expect(createMask([falKey, botToken, '', 'five5'])(text)).toBe(text);
  });

  it('takes a long text without getting stuck', () => {
    const mask = createMask([falKey]);
    // Of this process, whatever else the machine has to do.
    const started = process.cpuUsage();
    for (const piece of ['/', '?', '1', 'a', 'bot1', 'https://', '?a=', 'authorization:'])
      mask(piece.repeat(200_000 / piece.length));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });
});
