import type { PhotoRefusal, PhotoWarning } from '../../domain/avatar/photo.js';

/** What can be said of one file without its set. */
export type PhotoJudgement =
  | {
      readonly kind: 'refused';
      readonly reason: PhotoRefusal;
      /** A small JPEG of it, where it could be looked at without danger. */
      readonly preview?: Uint8Array;
    }
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
  /** Hex SHA-256 of the file as it is: finds exact duplicates before any work is done. */
  digest(file: Uint8Array): string;
  judge(file: Uint8Array): Promise<PhotoJudgement>;
}
