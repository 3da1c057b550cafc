import type { FalClient } from '@fal-ai/client';
import type { MediaStore } from '../../../application/ports/media-store.js';
import type { WeightsLibrary } from '../../../application/ports/weights-library.js';
import { weightsLiveSeconds } from '../fal-avatar-trainer.js';
import { createClient, type FalAccount } from '../fal-client.js';
import { upload } from './fal-upload.js';

export interface FalWeightsLibrarySettings extends FalAccount {
  readonly mediaStore: Pick<MediaStore, 'bytes'>;
}

/** Weights on fal's CDN. The same file asked for by several jobs at once is sent once. */
export class FalWeightsLibrary implements WeightsLibrary {
  readonly #client: FalClient;
  readonly #underway = new Map<string, Promise<string>>();

  constructor(private readonly settings: FalWeightsLibrarySettings) {
    this.#client = createClient(settings);
  }

  publish(mediaKey: string): Promise<string> {
    const underway = this.#underway.get(mediaKey);
    if (underway !== undefined) return underway;
    const upload = this.#upload(mediaKey).finally(() => this.#underway.delete(mediaKey));
    this.#underway.set(mediaKey, upload);
    return upload;
  }

  async #upload(mediaKey: string): Promise<string> {
    const bytes = await this.settings.mediaStore.bytes(mediaKey);
    const type = 'application/octet-stream';
    const file = new File([new Uint8Array(bytes)], 'pytorch_lora_weights.safetensors', { type });
    return upload({ client: this.#client, restUrl: this.settings.restUrl }, file, weightsLiveSeconds);
  }
}
