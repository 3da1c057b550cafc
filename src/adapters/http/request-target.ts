/**
 * Whether a request's target, as it came, leads where it seems to. A proxy that lets `/webhooks/` pass reads
 * `/webhooks/fal/../../metrics` as one below it, and whoever resolves the dots as another: it is refused.
 */
export function isPlainTarget(target: string): boolean {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  if (path.includes('\\') || /%5c/i.test(path)) return false;
  return !path
    .replace(/%2e/gi, '.')
    .split(/\/|%2f/i)
    .some((part) => part === '.' || part === '..');
}
