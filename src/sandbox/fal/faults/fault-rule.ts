/**
 * What goes wrong with one HTTP exchange. `after` means that the request was carried out first: an `after` on
 * submit is a job that was accepted although its client never heard so.
 */
export type ExchangeFault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** As JSON, `null` included. */
      readonly body?: unknown;
      /** Sent as it is, whatever it is: a page of HTML, half of a JSON. */
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: 'before' | 'after';
    }
  | { readonly kind: 'drop'; readonly when?: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly milliseconds: number; readonly when?: 'before' | 'after' };

/** Only for step `stream`: the connection ends after some events, without COMPLETED. */
export interface StreamFault {
  readonly kind: 'cut';
  readonly afterEvents: number;
}

/** Only for step `file`. */
export type FileFault =
  /** Half of the bytes; `announced` says whether Content-Length still speaks of all (the default). */
  | { readonly kind: 'truncate'; readonly announced?: 'all' | 'half' }
  /** A page of HTML that is announced as the picture's type. */
  | { readonly kind: 'wrong-type' }
  /** That many bytes, beginning like the real file. */
  | { readonly kind: 'oversized'; readonly bytes: number };

/** Only for step `webhook`: each concerns one attempt, a refused one is sent again as usual. */
export type WebhookFault =
  /** The same body again, so many times more. */
  | { readonly kind: 'duplicate'; readonly copies?: number }
  | { readonly kind: 'late'; readonly milliseconds: number }
  /** Never sent, and not tried again. */
  | { readonly kind: 'missing' }
  /** Signed with a key that the JWKS does not have. */
  | { readonly kind: 'forged' }
  /** The body was changed after signing. */
  | { readonly kind: 'tampered' }
  /** Signed rightly, that many seconds ago. */
  | { readonly kind: 'stale'; readonly seconds: number }
  | { readonly kind: 'unsigned' }
  /** Signed rightly, for a request that nobody has made. */
  | { readonly kind: 'foreign' };

/** Only for step `job`. */
export type JobFault =
  /** With a `type` the model failed (an array in `detail`), with an `errorType` the platform did. */
  | { readonly kind: 'fail'; readonly status: number; readonly type: string; readonly message?: string }
  | { readonly kind: 'break'; readonly status: number; readonly errorType: string; readonly message?: string }
  /** IN_PROGRESS for ever. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Every picture is flagged by the safety checker, and black. */
  | { readonly kind: 'blocked' }
  /** Pictures that are well; their safety flags are these instead. */
  | { readonly kind: 'odd-flags'; readonly flags: readonly unknown[] };

/** Where in the protocol what may go wrong. `job` is the work itself, decided at submit. */
interface FaultsByStep {
  submit: ExchangeFault;
  status: ExchangeFault;
  stream: ExchangeFault | StreamFault;
  result: ExchangeFault;
  cancel: ExchangeFault;
  file: ExchangeFault | FileFault;
  upload: ExchangeFault;
  jwks: ExchangeFault;
  webhook: WebhookFault;
  job: JobFault;
}

export type FaultStep = keyof FaultsByStep;
export type FaultAt<Step extends FaultStep> = FaultsByStep[Step];

interface RuleConditions {
  /** Only this endpoint. */
  readonly endpoint?: string;
  readonly requestId?: string;
  /** Only this kind of work. */
  readonly work?: 'image' | 'training' | 'language';
  /** Only requests whose prompt contains this. */
  readonly prompt?: string;
  /** How often it happens; without it, always. */
  readonly times?: number;
  /** Lets so many matching occasions pass first. */
  readonly skip?: number;
  /** 0–1, from the script's own seeded randomness; 1 without it. */
  readonly probability?: number;
}

/** Plain data, so that a script can be written down and sent to another process. */
export type FaultRule = RuleConditions &
  { [Step in FaultStep]: { readonly step: Step; readonly fault: FaultAt<Step> } }[FaultStep];

/** What an occasion is about, as far as it is known then. */
export interface FaultSubject {
  readonly endpoint?: string;
  readonly requestId?: string;
  readonly prompt?: string;
  readonly work?: 'image' | 'training' | 'language';
}
