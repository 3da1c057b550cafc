/**
 * Reads `X-Fal-Object-Lifecycle` and `X-Fal-Object-Lifecycle-Preference`: `{"expiration_duration_seconds": N}`.
 * @returns milliseconds to live; `undefined` when the header is missing, unreadable or says nothing about it
 */
export function lifetimeOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  try {
    const said: unknown = JSON.parse(header);
    const seconds =
      typeof said === 'object' && said !== null && 'expiration_duration_seconds' in said
        ? said.expiration_duration_seconds
        : undefined;
    return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
