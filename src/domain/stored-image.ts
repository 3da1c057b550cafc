/** An image in the media store. Sizes in pixels and bytes. */
export interface StoredImage {
  readonly mediaKey: string;
  readonly thumbnailKey: string;
  readonly width: number;
  readonly height: number;
  readonly contentType: string;
  readonly bytes: number;
  /** Hex digest of the stored bytes. */
  readonly sha256: string;
}

type Files = Pick<StoredImage, 'mediaKey' | 'thumbnailKey'>;

/** The job that brought an image, as its media-store key tells; `null` for one that no job brought. */
export const jobInKey = (mediaKey: string): string | null =>
  /^images\/([0-9a-f-]{36})-/.exec(mediaKey)?.[1] ?? null;

/** Media-store keys of an image: its own and its thumbnail's. */
export const filesOf = ({ mediaKey, thumbnailKey }: Files): string[] => [mediaKey, thumbnailKey];
