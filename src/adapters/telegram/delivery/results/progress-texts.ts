import type { ShownNames } from '../../../../application/generation/accept-once.js';
import { shareDone } from '../../../../application/generation/estimate-duration.js';
import type { Progress } from '../../../../application/ports/stores/generation-store.js';
import type { DurationEstimate } from '../../../../application/ports/stores/jobs/duration-store.js';
import { type Generation, heldFor } from '../../../../domain/generation/generation.js';
import { bar } from '../../wording/bar.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { shownNames, unquotedPrompt } from './result-texts.js';

/** How far a job is, in words and, once it runs, as a bar that never claims to be done. */
export function progressText(generation: Generation, facts: ProgressFacts, texts: Translator): Html {
  const { names } = facts;
  return Html.join([
    stepText(generation, facts, texts),
    names !== null && orderText(generation, names, texts),
    unquotedPrompt(generation, texts),
  ]);
}

/** Of whom it is, with which preset, and what is set aside for it. */
function orderText(generation: Generation, names: ShownNames, texts: Translator): Html {
  const credits = heldFor(generation);
  return texts.html('progress-order', {
    avatar: shownNames(generation, names, texts),
    what: texts.plain(generation.preset === null ? 'order-upscale' : `preset-${generation.preset}`),
    credits,
    cost: texts.html('count-credits', { count: credits }),
  });
}

interface ProgressFacts {
  readonly progress: Progress | null;
  /** Jobs before this one. */
  readonly ahead: number;
  /** The disk is full, so nothing is started. */
  readonly isDiskShort: boolean;
  readonly duration: DurationEstimate;
  /** Whom it shows; `null` once it is under way: then only how far it is counts. */
  readonly names: ShownNames | null;
  readonly now: Date;
}

/** How far it is, in a line. */
export function stepText(
  generation: Generation,
  { progress, ahead, isDiskShort, duration, now }: ProgressFacts,
  texts: Translator,
): Html {
  if (generation.status === 'accepted' && isDiskShort) return texts.html('progress-no-room');
  if (generation.status === 'accepted' && progress?.phase === 'waiting')
    return texts.html('progress-not-taken');
  if (generation.status !== 'submitted') return texts.html('progress-accepted', { ahead });
  if (progress?.phase === 'queued' && (progress.position ?? 0) > 0)
    return texts.html('progress-queued', { position: progress.position ?? 0 });
  const elapsed = Math.max(0, (now.getTime() - generation.submittedAt.getTime()) / 1000);
  const left = Math.max(1, Math.round(duration.typical - elapsed));
  const key =
    elapsed < duration.typical
      ? 'progress-running'
      : elapsed < duration.slow
        ? 'progress-soon'
        : 'progress-slow';
  return texts.html(key, { bar: bar(shareDone(elapsed, duration)), left });
}
