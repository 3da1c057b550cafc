/** The result file is not what it should be, or its address may not be read. Trying again may help if `retry`. */
export class BadDownload extends Error {
  override readonly name = 'BadDownload';

  constructor(
    message: string,
    readonly retry: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Reads result files: only from allowed hosts, without redirects off them, within a size limit. */
export interface ImageDownloads {
  /** Chunks of the body. Throws BadDownload, also while reading when it turns out truncated or too large. */
  open(url: string): Promise<AsyncIterable<Uint8Array>>;
}
