import { speeds, type TrainingOrder } from '../../domain/training/training-order.js';
import type { TrainingOutcome, TrainingPending } from '../../domain/training/training-outcome.js';
import { unknownOrder, type WireInput } from './fal-wire.js';
import { isRecord, textOf } from './json.js';

/** The body of a trainer's submit. fal ignores names that it does not know, so a wrong one is never noticed. */
export function trainingToWire(order: TrainingOrder, archive: string): WireInput {
  switch (order.endpoint) {
    case 'fal-ai/flux-lora-portrait-trainer':
      return {
        images_data_url: archive,
        trigger_phrase: order.trigger,
        steps: order.steps,
        learning_rate: order.learningRate,
        multiresolution_training: true,
        subject_crop: true,
        create_masks: true,
      };
    case 'fal-ai/flux-lora-fast-training':
      return { images_data_url: archive, trigger_word: order.trigger, steps: order.steps, is_style: true };
    default:
      return unknownOrder(order satisfies never);
  }
}

/** What a trainer put out. A result without a file of weights is a failure, whatever else it says. */
export function trainingFromWire(output: unknown): Exclude<TrainingOutcome, { kind: 'pending' }> {
  const file = isRecord(output) ? output.diffusers_lora_file : null;
  const url = isRecord(file) ? textOf(file.url) : null;
  if (!isRecord(file) || url === null || !URL.canParse(url))
    return { kind: 'failed', failure: { kind: 'bad_result', detail: 'the result has no file of weights' } };
  return {
    kind: 'done',
    weights: { url, bytes: typeof file.file_size === 'number' ? file.file_size : null },
  };
}

/** `step 125/2500`, or a progress bar like ` 45%|####  | 1125/2500 [01:02<...`. */
const stepPattern = /(\d+)\s*\/\s*(\d+)/g;

/** Other counts in a log (files, epochs) have other ends than the steps that we order. */
const orderedSteps = new Set(Object.values(speeds).map(({ steps }) => steps));

/** The furthest step in the trainer's log, which is fetched whole each time. */
export function stepIn(logs: unknown): Pick<TrainingPending, 'step' | 'steps'> {
  let furthest: Pick<TrainingPending, 'step' | 'steps'> = { step: null, steps: null };
  for (const line of Array.isArray(logs) ? logs : []) {
    const message = isRecord(line) ? textOf(line.message) : null;
    for (const [, done, all] of message?.matchAll(stepPattern) ?? []) {
      const [step, steps] = [Number(done), Number(all)];
      if (orderedSteps.has(steps) && step <= steps && step >= (furthest.step ?? 0))
        furthest = { step, steps };
    }
  }
  return furthest;
}
