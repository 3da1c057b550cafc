import type { ErrorDetail } from '../fal-error.js';
import type { JobOutcome } from '../queue/request-record.js';
import type { InputFiles } from '../storage/input-files.js';
import type { KeptInputs } from '../storage/kept-inputs.js';

export type Input = Readonly<Record<string, unknown>>;

export interface PreparationTools {
  readonly requestId: string;
  readonly files: InputFiles;
  /** Where a copy of a picture is kept from which the output will be made. */
  readonly inputs: KeptInputs;
  /** 0 ≤ number < 1. */
  readonly random: () => number;
}

/** One model that the local fal offers. */
export interface Endpoint {
  /** As it is submitted to, e.g. `fal-ai/flux-pro/finetuned`. */
  readonly name: string;
  readonly work: 'image' | 'training' | 'language';
  /** What is wrong with the fields of the input. */
  readonly check: (input: unknown) => ErrorDetail[];
  /** Decides at submit how the job will end. Called only with an input that `check` found right. */
  readonly prepare: (input: Input, tools: PreparationTools) => JobOutcome | Promise<JobOutcome>;
}

/** fal's own choice of a seed: usually beyond 32 bits, always exact in a JSON number. */
export function chooseSeed(input: Input, random: () => number): number {
  const smallest = 2 ** 31;
  return typeof input.seed === 'number'
    ? input.seed
    : smallest + Math.floor(random() * (Number.MAX_SAFE_INTEGER - smallest));
}
