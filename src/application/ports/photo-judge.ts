import type { PhotoRefusal, PhotoWarning } from '../../domain/photo.js';

/** What can be said of one file without its set. */
export type PhotoJudgement =
  | { readonly kind: 'refused'; readonly reason: PhotoRefusal }
  | {
      readonly kind: 'judged';
      /** A JPEG, turned upright, shrunk to what a trainer can use, without any metadata. */
      readonly picture: Uint8Array;
      /** 16 hex digits, alike for pictures that look alike. */
      readonly fingerprint: string;
      readonly warnings: readonly PhotoWarning[];
    };

/** Judges photos by their pixels. Never throws for anything that a file can contain. */
export interface PhotoJudge {
  judge(file: Uint8Array): Promise<PhotoJudgement>;
}
