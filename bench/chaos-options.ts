import { parseArgs } from 'node:util';

/** Longer than the minute after which a silent worker is taken for dead, and than a lease. */
const pauseSeconds = 75;

/** What both runs of chaos are told, where they differ in nothing. */
const usual = () => ({
  seed: Math.floor(Date.now() / 1000),
  databaseCrashes: 2,
  pauseSeconds,
  settle: 300,
});

/**
 * Reads `--kills 12 --polling`.
 * @param numbers the run's own, by their names in code (`pauseSeconds` is `--pause-seconds`), with what is taken unless told
 * @param flags its own besides `--polling`
 * @param texts what is told in words
 */
export function readChaosOptions<Numbers extends Readonly<Record<string, number>>, Flag extends string>(
  args: string[],
  numbers: Numbers,
  flags: readonly Flag[],
  texts: readonly string[] = [],
) {
  const all: Readonly<Record<string, number>> = { ...usual(), ...numbers };
  const switches = ['polling', ...flags];
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(
        [...Object.keys(all).map(nameOf), ...texts].map((name) => [name, { type: 'string' as const }]),
      ),
      ...Object.fromEntries(switches.map((name) => [name, { type: 'boolean' as const }])),
    },
  });
  const read = Object.entries(all).map(([name, otherwise]) => {
    const value = Number(values[nameOf(name)] ?? otherwise);
    if (!(value >= 0)) throw new Error(`--${nameOf(name)} ${values[nameOf(name)]} is no number`);
    return [name, value];
  });
  const from = Date.now();
  const { settle, ...told } = Object.fromEntries(read) as Record<
    keyof ReturnType<typeof usual> | keyof Numbers,
    number
  >;
  return {
    ...told,
    settleSeconds: settle,
    webhooks: values.polling !== true,
    isOn: (flag: Flag) => values[flag] === true,
    /** What was told in words; `null` when nothing was. */
    text: (name: string): string | null => (typeof values[name] === 'string' ? values[name] : null),
    say: (line: string) => console.error(`${((Date.now() - from) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  };
}

const nameOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
