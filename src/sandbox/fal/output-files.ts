import sharp from 'sharp';
import type { Studio } from './pictures/studio.js';
import { outcomeOf, type RequestRecord, type UpscaledOutcome } from './queue/request-record.js';
import type { KeptInputs } from './storage/kept-inputs.js';
import type { OutputFiles } from './storage/served-files.js';
import { trainingConfigFile, weightsFile } from './weights-file.js';

export const outputNames = {
  upscaled: 'upscaled.png',
  weights: 'pytorch_lora_weights.safetensors',
  trainingConfig: 'config.json',
} as const;

/** The files of finished requests, made when somebody asks for them. */
export function outputFiles(studio: Studio, inputs: KeptInputs): OutputFiles {
  return (record, name) => {
    const outcome = outcomeOf(record);
    switch (outcome.kind) {
      case 'pictures': {
        const [, index, extension] = /^(\d)\.(jpeg|png)$/.exec(name) ?? [];
        if (extension !== outcome.format || Number(index) >= outcome.flagged.length) return undefined;
        const bytes = () => studio.picture(record, outcome, Number(index));
        return { contentType: `image/${outcome.format}`, bytes };
      }
      case 'upscaled':
        return name === outputNames.upscaled
          ? {
              contentType: 'image/png',
              bytes: () => studio.other(`${record.id}/${name}`, () => enlarge(record, outcome, inputs)),
            }
          : undefined;
      case 'weights': {
        if (name === outputNames.weights) {
          const bytes = async () => weightsFile(record, outcome);
          return { contentType: 'application/octet-stream', bytes };
        }
        const bytes = async () => trainingConfigFile(record, outcome);
        return name === outputNames.trainingConfig ? { contentType: 'application/json', bytes } : undefined;
      }
      default:
        return undefined;
    }
  };
}

async function enlarge(
  record: RequestRecord,
  { width, height }: UpscaledOutcome,
  inputs: KeptInputs,
): Promise<Buffer> {
  return sharp(await inputs.read(record.id))
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .png({ compressionLevel: 3 })
    .toBuffer();
}
