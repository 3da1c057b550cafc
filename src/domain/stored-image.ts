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

/** Media-store keys of an image: its own and its thumbnail's. */
export const filesOf = ({ mediaKey, thumbnailKey }: Files): string[] => [mediaKey, thumbnailKey];
