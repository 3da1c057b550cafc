import { shareDone } from '../../application/generation/estimate-duration.js';
import type { Progress } from '../../application/ports/stores/generation-store.js';
import type { DurationEstimate } from '../../application/ports/stores/jobs/duration-store.js';
import type { CliHost } from './cli-host.js';

const barWidth = 24;
const frameMilliseconds = 120;

/**
 * Shows how far a job is: on a terminal one line with a bar that follows the clock, elsewhere a line at every
 * change. Begins with the first progress, once the request was accepted.
 */
export class ProgressLine {
  private progress: Progress = { phase: 'queued', position: null };
  private runningSince: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly startedAt = Date.now();

  constructor(
    private readonly host: Pick<CliHost, 'err' | 'isTerminal'>,
    private readonly duration: DurationEstimate,
  ) {}

  show(progress: Progress): void {
    this.progress = progress;
    if (progress.phase === 'running') this.runningSince ??= Date.now();
    if (this.host.isTerminal) {
      this.timer ??= setInterval(() => this.draw(), frameMilliseconds);
      this.draw();
    } else this.host.err(`${this.text()}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.host.err('\r\x1b[K');
  }

  private draw(): void {
    const seconds = this.runningSince === null ? 0 : (Date.now() - this.runningSince) / 1000;
    const filled = Math.floor(shareDone(seconds, this.duration) * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const elapsed = Math.round((Date.now() - this.startedAt) / 1000);
    this.host.err(`\r\x1b[K${bar} ${this.text()} · ${elapsed} s`);
  }

  private text(): string {
    const { phase, position } = this.progress;
    if (phase === 'queued') return position === null ? 'queued' : `queued, place ${position + 1}`;
    return phase;
  }
}
