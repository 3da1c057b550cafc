import { outputNames } from './output-files.js';
import { endOf, type JobOutput, type RequestRecord } from './queue/request-record.js';
import type { MadeFile, OutputFiles } from './storage/served-files.js';

/** Makes the output that fal's result and webhook carry. */
export type ResultBody = (record: RequestRecord, output: JobOutput) => Promise<unknown>;

export function resultBodies(outputs: OutputFiles, baseUrl: () => string): ResultBody {
  const fileUrl = (record: RequestRecord, name: string) => `${baseUrl()}/files/outputs/${record.id}/${name}`;

  return async (record, output) => {
    switch (output.kind) {
      case 'pictures': {
        const contentType = `image/${output.format}`;
        const image = async (_: boolean, index: number) => ({
          url: await delivered(record, `${index}.${output.format}`),
          width: output.width,
          height: output.height,
          content_type: contentType,
        });
        const images = await Promise.all(output.flagged.map(image));
        return {
          ...(output.form === 'image' ? { image: images[0] } : { images }),
          timings: { inference: seconds(record) },
          seed: output.seed,
          has_nsfw_concepts: output.oddFlags ?? output.flagged,
          prompt: record.input.prompt,
        };
      }
      case 'upscaled':
        return {
          image: {
            url: fileUrl(record, outputNames.upscaled),
            width: output.width,
            height: output.height,
            content_type: 'image/png',
            file_name: outputNames.upscaled,
          },
          seed: output.seed,
          timings: { inference: seconds(record) },
        };
      case 'weights':
        return {
          diffusers_lora_file: await fileObject(record, outputNames.weights),
          config_file: await fileObject(record, outputNames.trainingConfig),
        };
      case 'text':
        return { output: output.output, usage: usage(record, output.output) };
      default:
        return output satisfies never;
    }
  };

  async function fileObject(record: RequestRecord, name: string) {
    const { contentType, bytes } = made(record, name);
    const size = (await bytes()).length;
    return { url: fileUrl(record, name), content_type: contentType, file_name: name, file_size: size };
  }

  /** With `sync_mode` fal puts the picture itself in the answer. */
  async function delivered(record: RequestRecord, name: string): Promise<string> {
    if (record.input.sync_mode !== true) return fileUrl(record, name);
    const { contentType, bytes } = made(record, name);
    return `data:${contentType};base64,${(await bytes()).toString('base64')}`;
  }

  function made(record: RequestRecord, name: string): MadeFile {
    const file = outputs(record, name);
    if (file === undefined) throw new Error(`The request ${record.id} has no output ${name}`);
    return file;
  }
}

function seconds(record: RequestRecord): number {
  return Math.max(0, (endOf(record) ?? record.startAt) - record.startAt) / 1000;
}

function usage(record: RequestRecord, output: string) {
  const prompt_tokens = Math.ceil(String(record.input.prompt).length / 4);
  const completion_tokens = Math.ceil(output.length / 4);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens, cost: 0 };
}
