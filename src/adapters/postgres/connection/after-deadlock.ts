import pg from 'pg';

/**
 * Asks once more what PostgreSQL gave up to end a deadlock: a statement of its own was undone whole by that. The queue's
 * runner would end for one (graphile-worker 0.17 means to repeat its reports, and throws at the first error).
 * Of a statement within a transaction PostgreSQL says that the transaction has failed, and the deadlock is thrown.
 */
export function askAgainAfterDeadlock(client: pg.ClientBase): void {
  client.query = new Proxy(client.query, {
    apply(query, self, asked) {
      const answer: unknown = Reflect.apply(query, self, asked);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((deadlock: unknown) => {
        if (!hasCode(deadlock, '40P01')) throw deadlock;
        return Promise.resolve(Reflect.apply(query, self, asked)).catch((error: unknown) => {
          throw hasCode(error, '25P02') ? deadlock : error;
        });
      });
    },
  });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof pg.DatabaseError && error.code === code;
