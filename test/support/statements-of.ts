import type pg from 'pg';

/** What is asked of the database through this pool from now on. */
export function statementsOf(pool: pg.Pool): string[] {
  const asked: string[] = [];
  const listening = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => {
    if (listening.has(client)) return;
    listening.add(client);
    client.query = new Proxy(client.query, {
      apply: (query, self, given: unknown[]) => {
        const [first] = given;
        asked.push(typeof first === 'string' ? first : ((first as pg.QueryConfig).text ?? ''));
        return Reflect.apply(query, self, given);
      },
    });
  });
  return asked;
}
