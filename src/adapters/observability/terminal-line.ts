const marks: Readonly<Record<string, string>> = {
  debug: '\u001b[90mDEBUG\u001b[39m',
  info: '\u001b[32mINFO \u001b[39m',
  warn: '\u001b[33mWARN \u001b[39m',
  error: '\u001b[31mERROR\u001b[39m',
};

const hour = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
const timeOfDay = new Intl.DateTimeFormat('en-GB', hour);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Entry = Readonly<Record<string, unknown>>;

/**
 * One entry as a person reads it: `12:03:44.105 WARN  could not deliver  generation=… error="… ← …"`. The stacks of
 * errors follow only on debug level, where somebody is looking for a fault of ours.
 *
 * @param line a line of JSON as pino writes it
 */
export function terminalLine(line: string, withStacks: boolean): string {
  const { time, level, message, pid: _, ...facts } = JSON.parse(line) as Entry;
  const shown = Object.entries(facts).map(([key, value]) => ` ${dim(`${key}=`)}${factText(value)}`);
  const head = `${timeOfDay.format(new Date(String(time)))} ${marks[String(level)] ?? level} ${plain(message)}`;
  const stacks = withStacks ? Object.values(facts).flatMap(stacksOf) : [];
  return `${[`${head} ${shown.join('')}`.trimEnd(), ...stacks].join('\n')}\n`;
}

const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/** Texts from outside must neither break the line nor steer the terminal. */
const plain = (value: unknown): string => quoted(String(value)).slice(1, -1).replaceAll('\\"', '"');

/** JSON escapes what is below a space; a terminal also obeys C1 controls, and marks of direction mislead the eye. */
const quoted = (value: unknown): string =>
  (JSON.stringify(value) ?? 'undefined').replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function factText(value: unknown): string {
  if (isError(value)) return quoted(errorText(value));
  // What commands take for it: a person reads and types eight characters, not thirty-six.
  if (typeof value === 'string' && uuid.test(value)) return value.slice(0, 8);
  if (typeof value === 'string' && /^[\w./:|#@+,-]+$/.test(value)) return value;
  return quoted(value);
}

const isError = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'type' in value && 'message' in value;

function errorText(error: Entry): string {
  const { cause } = error;
  const text = String(error.message) === '' ? String(error.code ?? error.type) : String(error.message);
  return isError(cause) ? `${text} ← ${errorText(cause)}` : text;
}

function stacksOf(value: unknown): string[] {
  if (!isError(value)) return [];
  const stack = String(value.stack ?? '')
    .split('\n')
    .map((row) => `    ${plain(row)}`);
  return [...stack, ...stacksOf(value.cause)];
}
