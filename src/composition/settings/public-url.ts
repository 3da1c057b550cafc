/** Telegram calls no other ports. Source: `setWebhook` of the Bot API. */
const portsOfTelegram = ['443', '80', '88', '8443'];

/** Why Telegram itself would never call this address; a Bot API server of one's own takes any. */
export function problemsOfPublicUrl(publicUrl: string, apiUrl: string): string[] {
  if (!URL.canParse(publicUrl)) return [`PUBLIC_URL "${publicUrl}" is not an address`];
  if (!URL.canParse(apiUrl) || new URL(apiUrl).hostname !== 'api.telegram.org') return [];
  const { protocol, port } = new URL(publicUrl);
  if (protocol !== 'https:')
    return [
      `PUBLIC_URL "${publicUrl}" does not start with https://, and Telegram sends updates to no other.`,
    ];
  if (port === '' || portsOfTelegram.includes(port)) return [];
  return [
    `PUBLIC_URL "${publicUrl}" has the port ${port}, and Telegram sends updates to 443, 80, 88 and 8443 only.`,
  ];
}
