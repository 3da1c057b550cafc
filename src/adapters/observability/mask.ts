/** What stands where something was taken out. */
const hidden = '[secret]';
const cut = '?[cut]';

/** Shorter ones would be found in ordinary words. */
const shortestSecret = 6;

/** Telegram's bot tokens, also in the path of a Bot API address, fal's keys, and those of our API and its webhooks, known to us or not. */
const secretShapes: readonly (readonly [RegExp, string])[] = [
  [/\bbot\d+:[\w-]+/g, `bot${hidden}`],
  [/\b\d{5,}:[\w-]{30,}/g, hidden],
  // Its first part may be seen: it says which one to revoke.
  [/\b(aisha_[\dA-Za-z]{8}_)[\dA-Za-z]{32}/g, `$1${hidden}`],
  // What webhooks are signed with.
  [/\bwhsec_[\w+/%-]{16,}=*/g, `whsec_${hidden}`],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{16,}/gi, hidden],
  [/(\bauthorization["']?\s*[:=]\s*["']?)(?:\w+\s+)?[^\s"',]+/gi, `$1${hidden}`],
];

/** User and password, query and fragment of an address: a signature is in the query. */
const address = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s"'<>`\\]+)/gi;

/** What a path without its host carries: `GET /file?token=…`. */
const looseQuery = /(?<=[^\s?])\?[\w%.~[\]-]{1,100}=[^\s"'<>`\\]*/g;

/**
 * A function that takes out of a text what no log may show: the given secrets, also URI-encoded, and what has the
 * shape of one; the query, fragment and credentials of every address.
 *
 * @param secrets a fal key or bot token counts as known by its second half too; those under 6 characters are left
 */
export function createMask(secrets: readonly string[] = []): (text: string) => string {
  const known = [...new Set(secrets.flatMap(formsOf))].sort((one, other) => other.length - one.length);
  return (text) => {
    let masked = text;
    for (const secret of known) masked = masked.replaceAll(secret, hidden);
    for (const [shape, instead] of secretShapes) masked = masked.replace(shape, instead);
    return masked.replace(address, maskAddress).replace(looseQuery, cut);
  };
}

function formsOf(secret: string): string[] {
  const half = secret.slice(secret.indexOf(':') + 1);
  const forms = half.length >= 16 ? [secret, half] : [secret];
  return forms
    .filter(({ length }) => length >= shortestSecret)
    .flatMap((form) => [form, encodeURIComponent(form)]);
}

function maskAddress(_: string, scheme: string, rest: string): string {
  const end = rest.search(/[?#]/);
  const place = end === -1 ? rest : rest.slice(0, end);
  const slash = place.indexOf('/');
  const at = place.lastIndexOf('@', slash === -1 ? place.length : slash);
  const host = at === -1 ? place : `${hidden}${place.slice(at)}`;
  return `${scheme}${host}${end === -1 ? '' : cut}`;
}
