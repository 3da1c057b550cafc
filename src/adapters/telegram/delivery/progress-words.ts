import type { Progress } from '../../../application/ports/stores/generation-store.js';
import type { Pace } from '../../../application/ports/stores/pace-store.js';
import type { Generation } from '../../../domain/generation.js';
import type { Html } from '../wording/html.js';
import type { Words } from '../wording/words.js';
import { shortPrompt } from './result-words.js';

/** How far a job is, in words and, once it runs, as a bar that never claims to be done. */
export function progressWords(
  generation: Generation,
  { progress, ahead, pace, now }: { progress: Progress | null; ahead: number; pace: Pace; now: Date },
  words: Words,
): Html {
  const prompt = shortPrompt(generation);
  if (generation.status !== 'submitted') return words.html('progress-accepted', { prompt, ahead });
  if (progress?.phase === 'queued' && (progress.position ?? 0) > 0)
    return words.html('progress-queued', { prompt, position: progress.position ?? 0 });
  const elapsed = Math.max(0, (now.getTime() - generation.submittedAt.getTime()) / 1000);
  const left = Math.max(1, Math.round(pace.typical - elapsed));
  const key =
    elapsed < pace.typical ? 'progress-running' : elapsed < pace.slow ? 'progress-soon' : 'progress-slow';
  return words.html(key, { prompt, bar: bar(share(elapsed, pace)), left });
}

const cells = 10;

const bar = (part: number): string => {
  const full = Math.floor(part * cells);
  return '▰'.repeat(full) + '▱'.repeat(cells - full);
};

/** Four fifths of the bar at the typical time, nearly all of it at the slow one; the rest is for the picture itself. */
export function share(elapsed: number, { typical, slow }: Pace): number {
  if (elapsed <= typical) return (0.8 * elapsed) / Math.max(1, typical);
  return Math.min(0.95, 0.8 + (0.15 * (elapsed - typical)) / Math.max(1, slow - typical));
}
