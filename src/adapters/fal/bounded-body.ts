/** Far more than any answer that is JSON; a proxy's mistake may have hundreds of megabytes. */
export const maximumAnswerBytes = 8_000_000;

/** The answer is longer than anything that is read. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';

  constructor(bytes: number) {
    super(`an answer of more than ${bytes} bytes`);
  }
}

/**
 * The text of an answer. Only so much of it is held in memory, whatever its headers announce.
 * @throws AnswerTooLong as soon as there is more; the rest is not read
 */
export async function boundedText(response: Response, bytes = maximumAnswerBytes): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let received = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of response.body) {
    received += chunk.byteLength;
    if (received > bytes) throw new AnswerTooLong(bytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
