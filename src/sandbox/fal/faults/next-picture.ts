import type { JobFault } from './fault-rule.js';
import type { ActiveRule, FaultScript } from './fault-script.js';

/** What the next picture can be made to meet, for whoever wants to see how the bot takes it. */
const faults = {
  fails: { kind: 'fail', status: 500, type: 'internal_server_error' },
  withheld: { kind: 'blocked' },
  refused: { kind: 'fail', status: 422, type: 'content_policy_violation' },
  slow: { kind: 'slow', milliseconds: 20_000 },
} as const satisfies Readonly<Record<string, JobFault>>;

type NextFault = keyof typeof faults;

/** Makes one picture go wrong, the next one that is ordered here, and says whether that is still to come. */
export class NextPicture {
  readonly choices = Object.keys(faults) as readonly NextFault[];
  #waiting: { readonly name: NextFault; readonly rule: ActiveRule } | null = null;

  constructor(private readonly script: FaultScript) {}

  /** `null`: nothing is to go wrong, or it has. */
  get chosen(): NextFault | null {
    return this.#waiting !== null && this.#waiting.rule.hits === 0 ? this.#waiting.name : null;
  }

  /** Instead of what was chosen before. @throws Error for what is not among the choices */
  choose(name: string | null): void {
    const found = this.choices.find((choice) => choice === name);
    if (name !== null && found === undefined) throw new Error(`There is no fault "${name}"`);
    this.#waiting?.rule.remove();
    this.#waiting =
      found === undefined
        ? null
        : {
            name: found,
            rule: this.script.add({ step: 'job', work: 'image', fault: faults[found], times: 1 }),
          };
  }
}
