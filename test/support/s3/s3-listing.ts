import { S3Fault } from './s3-fault.js';
import type { S3Object } from './s3-objects.js';

/** One page of ListObjectsV2. Tokens are opaque to whoever asks. */
export function listing(
  bucket: string,
  objects: ReadonlyMap<string, S3Object>,
  query: URLSearchParams,
): string {
  const prefix = query.get('prefix') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : decoded(token);
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, most);
  const last = page.at(-1);
  const isTruncated = keys.length > page.length;
  const contents = page.map((key) => {
    const { bytes, etag, writtenAt } = objects.get(key) as S3Object;
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${writtenAt.toISOString()}</LastModified><ETag>${escaped(etag)}</ETag><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next =
    isTruncated && last !== undefined
      ? `<NextContinuationToken>${Buffer.from(`after ${last}`).toString('base64')}</NextContinuationToken>`
      : '';
  return `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

function decoded(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw new S3Fault(400, 'InvalidArgument');
  return text.slice('after '.length);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
