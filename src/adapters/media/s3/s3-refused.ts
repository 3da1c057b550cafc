import { firstTag } from './s3-xml.js';

/** Which bucket, and with which keys. */
export interface S3Settings {
  /** Without the bucket: `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Before every key, with a slash at its end; empty: the bucket is ours alone. */
  readonly prefix: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
}

/** Codes of answers that another try may do away with, whatever their status. */
const passing = ['RequestTimeout', 'SlowDown', 'InternalError', 'ServiceUnavailable', 'OperationAborted'];
/** What providers say of an account or a disk that takes no more. */
const full = ['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'InsufficientCapacity'];

/** The bucket said no, or said nothing. Its message has no secret in it. */
export class S3Refused extends Error {
  override readonly name = 'S3Refused';

  /**
   * @param status 0: no answer came
   * @param code S3's word for it, such as `NoSuchKey`; empty where the answer had none
   * @param region where the bucket is, if the answer says so
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly region: string | null = null,
    options?: ErrorOptions,
  ) {
    super(
      status === 0
        ? `the bucket did not answer: ${causeOf(options?.cause)}`
        : `the bucket answered ${status} ${code}`,
      options,
    );
  }

  /** Another try may bring another answer. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || passing.includes(this.code);
  }

  get isFull(): boolean {
    return this.status === 507 || full.includes(this.code);
  }

  /** The file is missing, and not the whole bucket. An answer to HEAD has no code. */
  get isNoSuchKey(): boolean {
    return this.status === 404 && this.code !== 'NoSuchBucket';
  }
}

/** @param body of an answer that is no success, or of one that says 200 and has an error in it */
export const refusalIn = (status: number, body: string, region: string | null = null): S3Refused =>
  new S3Refused(status, firstTag(body, 'Code') ?? '', firstTag(body, 'Region') ?? region);

/** What the operator can do about it, in words. */
export function wordsFor(refused: S3Refused, settings: S3Settings): string {
  const { bucket, endpoint, region } = settings;
  const where = `the bucket ${bucket} at ${endpoint}`;
  if (refused.status === 0)
    return `${where} is out of reach: ${causeOf(refused.cause)}. Check S3_ENDPOINT and the network.`;
  switch (refused.code) {
    case 'NoSuchBucket':
      return `there is no bucket ${bucket} at ${endpoint}: make it, or check S3_BUCKET, S3_ENDPOINT and S3_PATH_STYLE.`;
    case 'InvalidAccessKeyId':
      return `${endpoint} does not know S3_ACCESS_KEY_ID.`;
    case 'SignatureDoesNotMatch':
      return `${endpoint} finds the signature wrong: S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID, or a proxy changes what we send.`;
    case 'RequestTimeTooSkewed':
      return `the clock of this machine differs from that of ${endpoint} by more than 15 minutes.`;
    case 'AuthorizationHeaderMalformed':
    case 'AuthorizationQueryParametersError':
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'IllegalLocationConstraintException':
      return `${where} is not in the region ${region}: set S3_REGION${refused.region === null ? '' : `=${refused.region}`}, and the endpoint of that region.`;
    default:
  }
  if (refused.status >= 300 && refused.status < 400)
    return `${where} sends us elsewhere (${refused.status}): set S3_REGION${refused.region === null ? '' : `=${refused.region}`} and the endpoint of that region.`;
  if (refused.isFull) return `${where} takes no more (${refused.status} ${refused.code}): raise its quota.`;
  if (refused.status === 403)
    return `${where} refuses the keys (403 ${refused.code}): they need to list the bucket and to get, put and delete objects in it.`;
  return `${where} answers ${refused.status} ${refused.code}.`;
}

function causeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(causeOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
