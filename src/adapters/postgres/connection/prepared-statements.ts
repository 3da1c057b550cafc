import pg from 'pg';

/** A text that comes as often as this is worth keeping; one that is built for each call never does. */
const worthPreparing = 3;
/** Each connection keeps the plans of all of them in the server's memory. */
const mostPrepared = 200;
/** Texts that are counted; beyond that all are counted anew. */
const mostCounted = 1000;

/**
 * Has statements prepared that come again and again: the server parses and plans them once a connection instead of at
 * each call, which is most of what a small statement costs it.
 */
export class PreparedStatements {
  private readonly names = new Map<string, string>();
  private readonly uses = new Map<string, number>();
  private named = 0;

  /** To be called before the client's first query. */
  keepOn(client: pg.ClientBase): void {
    client.query = new Proxy(client.query, {
      apply: (query, self, asked: unknown[]) => {
        const [text, values, ...rest] = asked;
        const name = typeof text === 'string' && isSome(values) && rest.length === 0 && this.nameOf(text);
        if (!name) return Reflect.apply(query, self, asked);
        const answer: Promise<unknown> = Reflect.apply(query, self, [{ name, text, values }]);
        return answer.catch((error: unknown) => {
          if (!isOutdated(error)) throw error;
          this.names.delete(text);
          // In a transaction that has failed by this, PostgreSQL refuses the question as well.
          return Promise.resolve(Reflect.apply(query, self, asked)).catch(() => {
            throw error;
          });
        });
      },
    });
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= mostPrepared) return known;
    if (this.uses.size >= mostCounted) this.uses.clear();
    const uses = (this.uses.get(text) ?? 0) + 1;
    this.uses.set(text, uses);
    if (uses < worthPreparing) return undefined;
    this.uses.delete(text);
    this.named += 1;
    const name = `aisha_${this.named}`;
    this.names.set(text, name);
    return name;
  }
}

const isSome = (values: unknown): boolean => Array.isArray(values) && values.length > 0;

/** A migration by a newer process has changed what it returns; or somebody has dropped it on this connection. */
const isOutdated = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  ((error.code === '0A000' && error.routine === 'RevalidateCachedQuery') || error.code === '26000');
