import { type ModelError, modelError } from '../fal-error.js';

/**
 * Words in a prompt that make the sandbox answer as fal does in rare cases:
 *
 * | word | what happens |
 * |---|---|
 * | `nsfw-test` | every image is flagged and black |
 * | `nsfw-some-test` | only the first image is |
 * | `content-policy-test` | the result is a 422 `content_policy_violation` |
 * | `no-media-test` | the result is a 422 `no_media_generated` |
 */
export function refusedFor(prompt: unknown): ModelError | undefined {
  const words = String(prompt).toLowerCase();
  if (words.includes('content-policy-test')) {
    const msg = 'The content could not be processed because it was flagged by a content checker.';
    return modelError('content_policy_violation', msg, ['body', 'prompt']);
  }
  if (words.includes('no-media-test')) {
    return modelError('no_media_generated', 'The model did not produce any media for this input.');
  }
  return undefined;
}

/** Nothing is flagged with the safety checker off. */
export function safetyFlags(input: Readonly<Record<string, unknown>>, count: number): boolean[] {
  const words = input.enable_safety_checker === false ? '' : String(input.prompt).toLowerCase();
  const all = words.includes('nsfw-test');
  const first = words.includes('nsfw-some-test');
  return Array.from({ length: count }, (_, index) => all || (first && index === 0));
}
