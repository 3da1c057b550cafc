import { describe, expect, it } from 'vitest';
import {
  isTransactionPooled,
  type Session,
} from '../../../../src/adapters/postgres/connection/transaction-pooler.js';

type Mode = 'session' | 'transaction' | 'statement';

/** A pooler with so many connections to the server, which takes the one used last or the one used first. */
class Pooler {
  private readonly idle: number[];
  private clients = 0;

  constructor(
    private readonly mode: Mode,
    private readonly order: 'last' | 'first',
    servers: number,
  ) {
    this.idle = Array.from({ length: servers }, (_, index) => 100 + index);
  }

  async connect(): Promise<Session & { processID: number }> {
    let mine: number | undefined;
    let inTransaction = false;
    this.clients += 1;
    return {
      processID: 9000 + this.clients,
      query: async (text) => {
        if (text === 'begin' && this.mode === 'statement')
          throw new Error('transaction blocks not allowed in statement pooling mode');
        mine ??= this.take();
        const pid = mine;
        if (text === 'begin') inTransaction = true;
        if (text === 'commit') inTransaction = false;
        if (this.mode !== 'session' && !inTransaction) {
          this.idle.push(mine);
          mine = undefined;
        }
        return { rows: [{ pid }] };
      },
      release: () => undefined,
    };
  }

  private take(): number {
    const taken = this.order === 'last' ? this.idle.pop() : this.idle.shift();
    if (taken === undefined) throw new Error('this client would have to wait');
    return taken;
  }
}

async function looksPooled(pooler: Pooler): Promise<boolean> {
  const client = await pooler.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  return isTransactionPooled(pooler, client, rows[0]?.pid ?? 0);
}

describe('isTransactionPooled', () => {
  it.each([
    ['last', 1],
    ['last', 5],
    ['first', 1],
    ['first', 2],
    ['first', 20],
  ] as const)(
    'recognises transaction mode that gives the connection used %s, of %i',
    async (order, servers) => {
      expect(await looksPooled(new Pooler('transaction', order, servers))).toBe(true);
    },
  );

  it('recognises statement mode', async () => {
    expect(await looksPooled(new Pooler('statement', 'last', 3))).toBe(true);
  });

  it.each(['last', 'first'] as const)('lets session mode pass (connection used %s)', async (order) => {
    expect(await looksPooled(new Pooler('session', order, 5))).toBe(false);
  });

  it('asks for no second connection where there is no pooler', async () => {
    const client = { processID: 4711, query: async () => ({ rows: [] }), release: () => undefined };
    const pool = { connect: () => Promise.reject(new Error('a second connection')) };
    expect(await isTransactionPooled(pool, client, 4711)).toBe(false);
  });
});
