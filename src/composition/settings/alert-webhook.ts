/** Why alerts could not be posted there. The address is not shown: it may be all that lets one in. */
export function problemsOfAlerts(
  mode: 'live' | 'sandbox',
  url: string | undefined,
  secret: string | undefined,
): string[] {
  if (url === undefined && secret === undefined) return [];
  if (url === undefined) return ['ALERT_WEBHOOK_SECRET is set and ALERT_WEBHOOK_URL is not.'];
  const problems: string[] = [];
  if (secret === undefined)
    problems.push(
      'ALERT_WEBHOOK_URL is set and ALERT_WEBHOOK_SECRET is not: nobody could tell our alerts from others.',
    );
  // What does not even begin like an address is told of already.
  if (!/^https?:\/\//.test(url)) return problems;
  if (!URL.canParse(url)) return [...problems, 'ALERT_WEBHOOK_URL is not an address.'];
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'https:' && mode === 'live')
    problems.push('ALERT_WEBHOOK_URL does not start with https://.');
  if (username !== '' || password !== '') problems.push('ALERT_WEBHOOK_URL has a name or a password in it.');
  return problems;
}
