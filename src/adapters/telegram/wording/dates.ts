const tied = '\u00a0';

/** What of a date Fluent hands on. */
type Parts = Readonly<Record<string, { valueOf(): unknown } | string>>;

/**
 * Fluent's `DATETIME`, whose days stay with their months where a line breaks: "4 декабря", "December 4". In one place for
 * all texts.
 */
export function datesIn(language: string) {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (given: readonly { valueOf(): unknown }[], parts: Parts): string => {
    const options = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value.valueOf()]));
    const key = JSON.stringify(options);
    const format = formats.get(key) ?? new Intl.DateTimeFormat(language, inUtc(options));
    formats.set(key, format);
    return tiedText(format.formatToParts(Number(given[0]?.valueOf())));
  };
}

/** An hour is one of twenty-four, from 00 on, and said to be UTC: nobody knows where people are. */
const inUtc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions => ({
  timeZone: 'UTC',
  ...options,
  ...(options.hour === undefined ? {} : { hourCycle: 'h23', timeZoneName: 'short' }),
});

function tiedText(parts: readonly Intl.DateTimeFormatPart[]): string {
  const isDayAndMonth = (index: number) => {
    const around = [parts[index - 1]?.type, parts[index + 1]?.type];
    return around.includes('day') && around.includes('month');
  };
  return parts
    .map(({ type, value }, index) =>
      type === 'literal' && isDayAndMonth(index) ? value.replaceAll(' ', tied) : value,
    )
    .join('');
}
