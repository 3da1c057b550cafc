import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Fault } from './s3-fault.js';

/** Whose requests are taken. */
export interface S3Account {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const mostSkewMilliseconds = 900_000;

/**
 * Checks Signature Version 4, in the header or in the query, by Amazon's description of it and not by anybody's code.
 * @returns what the body must hash to, hex; `null`: anything
 * @throws S3Fault
 */
export function checkSignature(request: IncomingMessage, account: S3Account, now: number): string | null {
  const url = new URL(request.url ?? '', 'http://local');
  const isLink = url.searchParams.has('X-Amz-Signature');
  const signed = isLink ? signedInQuery(url, now) : signedInHeader(request, now);
  const [key, date, region, service, end] = signed.credential.split('/');
  if (key !== account.accessKeyId) throw new S3Fault(403, 'InvalidAccessKeyId');
  if (region !== account.region)
    throw new S3Fault(400, isLink ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed', {
      Region: account.region,
    });
  if (service !== 's3' || end !== 'aws4_request' || date !== signed.time.slice(0, 8))
    throw new S3Fault(400, 'AuthorizationHeaderMalformed');
  if (!signed.headers.includes('host')) throw new S3Fault(403, 'AccessDenied');
  const payload = isLink ? 'UNSIGNED-PAYLOAD' : String(request.headers['x-amz-content-sha256'] ?? '');
  if (payload === '') throw new S3Fault(400, 'InvalidRequest');
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...signed.headers.map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    signed.headers.join(';'),
    payload,
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = [algorithm, signed.time, scope, sha256(canonical)].join('\n');
  const signingKey = [date, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => hmac(previous, part),
    `AWS4${account.secretAccessKey}`,
  );
  if (!isSame(hmac(signingKey, text).toString('hex'), signed.signature))
    throw new S3Fault(403, 'SignatureDoesNotMatch');
  return /^[0-9a-f]{64}$/.test(payload) ? payload : null;
}

interface Signed {
  readonly credential: string;
  readonly headers: readonly string[];
  readonly signature: string;
  readonly time: string;
}

function signedInHeader(request: IncomingMessage, now: number): Signed {
  const [, credential, headers, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  if (credential === undefined || headers === undefined || signature === undefined)
    throw new S3Fault(403, 'AccessDenied');
  const time = String(request.headers['x-amz-date'] ?? '');
  if (Math.abs(now - timeOf(time)) > mostSkewMilliseconds) throw new S3Fault(403, 'RequestTimeTooSkewed');
  return { credential, headers: headers.split(';'), signature, time };
}

function signedInQuery({ searchParams: query }: URL, now: number): Signed {
  const time = query.get('X-Amz-Date') ?? '';
  const seconds = Number(query.get('X-Amz-Expires'));
  if (query.get('X-Amz-Algorithm') !== algorithm || !(seconds >= 1 && seconds <= 604_800))
    throw new S3Fault(400, 'AuthorizationQueryParametersError');
  if (now > timeOf(time) + seconds * 1000) throw new S3Fault(403, 'AccessDenied');
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    headers: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    time,
  };
}

/** Every name and value in RFC 3986's form, sorted by name and value. */
const canonicalQuery = (url: URL): string =>
  [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [escaped(name), escaped(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Of `20261128T021500Z`; never, if it is none. */
const timeOf = (time: string): number =>
  Date.parse(time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5')) || 0;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
