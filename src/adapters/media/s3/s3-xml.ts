/** As much XML as S3 answers with: elements without attributes that matter, and the five entities. */

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** The text of the first element of that name, however deep; `null`: there is none. */
export function firstTag(xml: string, name: string): string | null {
  const [, inner] = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml) ?? [];
  return inner === undefined ? null : unescaped(inner);
}

/** What is inside of each element of that name. */
export const insideOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, inner = '']) => inner,
  );

export const hasTag = (xml: string, name: string): boolean => new RegExp(`<${name}[\\s/>]`).test(xml);

const unescaped = (text: string): string =>
  text
    .replace(/&#(?:x([0-9a-fA-F]+)|(\d+));/g, (_, hex: string | undefined, decimal: string | undefined) =>
      String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
