/** What a page says in a request, read with care. */
export type Body = Readonly<Record<string, unknown>>;

interface Asked {
  param(name: string): string | undefined;
  json(): Promise<unknown>;
}

export const person = (asked: Pick<Asked, 'param'>): number => Number(asked.param('person'));

export async function readBody(asked: Pick<Asked, 'json'>): Promise<Body> {
  const body = await asked.json();
  if (typeof body !== 'object' || body === null) throw new Error('A JSON object is needed');
  return { ...body };
}

export function place({ chatId, replyTo }: Body): { chatId?: number; replyTo?: number } {
  return {
    ...(typeof chatId === 'number' ? { chatId } : {}),
    ...(typeof replyTo === 'number' ? { replyTo } : {}),
  };
}

export const string = (body: Body, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

export const number = (body: Body, name: string): number => Number(body[name]);
