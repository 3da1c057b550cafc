import type { S3Settings } from '../../adapters/media/s3/s3-refused.js';

/** As they stand in the environment; what is wrong by itself is told elsewhere. */
interface Given {
  readonly MEDIA_STORE: 'folder' | 's3';
  readonly S3_ENDPOINT?: string;
  readonly S3_BUCKET?: string;
  readonly S3_REGION?: string;
  readonly S3_ACCESS_KEY_ID?: string;
  readonly S3_SECRET_ACCESS_KEY?: string;
  readonly S3_PREFIX?: string;
  readonly S3_PATH_STYLE?: boolean;
}

const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** All that keeps these from being a bucket. Nothing of S3 at all is none, unless media shall be there. */
export function problemsOfBucket(given: Given): string[] {
  const missing = needed.filter((name) => given[name] === undefined);
  if (!isNamed(given)) return [];
  const problems: string[] = [];
  if (missing.length > 0) {
    const why = given.MEDIA_STORE === 's3' ? 'MEDIA_STORE is s3' : 'other settings of S3 are set';
    const wayOut = given.MEDIA_STORE === 's3' ? 'or leave MEDIA_STORE at folder' : 'or leave all of S3_ out';
    problems.push(
      `${why}, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set: set what is missing, ${wayOut}.`,
    );
  }
  return [...problems, ...problemsOfEndpoint(given)];
}

/** `null`: no bucket is named. Only for what has no problems. */
export function bucketOf(given: Given): S3Settings | null {
  if (!isNamed(given)) return null;
  const { S3_PREFIX: prefix = '' } = given;
  return {
    endpoint: (given.S3_ENDPOINT ?? '').replace(/\/$/, ''),
    bucket: given.S3_BUCKET ?? '',
    region: given.S3_REGION ?? '',
    accessKeyId: given.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: given.S3_SECRET_ACCESS_KEY ?? '',
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    pathStyle: given.S3_PATH_STYLE ?? false,
  };
}

const isNamed = (given: Given): boolean =>
  given.MEDIA_STORE === 's3' ||
  given.S3_PREFIX !== undefined ||
  given.S3_PATH_STYLE !== undefined ||
  needed.some((name) => given[name] !== undefined);

function problemsOfEndpoint({
  S3_ENDPOINT: endpoint,
  S3_BUCKET: bucket = '',
  S3_PATH_STYLE,
}: Given): string[] {
  // What does not even begin like an address is told of already.
  if (endpoint === undefined || !/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) return [];
  const { protocol, username, password, search, hash, pathname, hostname } = new URL(endpoint);
  const problems: string[] = [];
  if (username !== '' || password !== '') problems.push('S3_ENDPOINT has a name or a password in it.');
  if (search !== '' || hash !== '') problems.push('S3_ENDPOINT has something behind its path.');
  if (bucket !== '' && (hostname.startsWith(`${bucket}.`) || pathname.split('/').includes(bucket)))
    problems.push(`S3_ENDPOINT has the bucket ${bucket} in it: leave it out there, S3_BUCKET says it.`);
  if (S3_PATH_STYLE === true) return problems;
  if (protocol === 'https:' && bucket.includes('.'))
    problems.push('S3_BUCKET has a dot in it, for which no certificate is good: set S3_PATH_STYLE=true.');
  if (/^[\d.]+$|^\[|^localhost$/.test(hostname))
    problems.push(`S3_ENDPOINT is ${hostname}, before which no bucket can stand: set S3_PATH_STYLE=true.`);
  return problems;
}
