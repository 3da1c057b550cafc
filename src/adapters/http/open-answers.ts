import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Ends a server without cutting off what it is answering. To be made before the server has other listeners. */
export class OpenAnswers {
  private readonly open = new Set<ServerResponse>();
  private readonly endless = new WeakSet<object>();
  private stopping = false;

  constructor(private readonly server: Server) {
    server.on('request', (_: IncomingMessage, response: ServerResponse) => {
      this.open.add(response);
      response.once('close', () => {
        this.open.delete(response);
        // Its connection is kept alive, and would be for a minute.
        if (this.stopping) setImmediate(() => server.closeIdleConnections());
      });
    });
  }

  /** Says of an answer that it has no end of its own: it ends with the server. */
  markEndless(response: object): void {
    this.endless.add(response);
  }

  /**
   * Takes no more requests and waits for the answers under way. Endless ones are ended; what is
   * still open after the patience is cut.
   */
  async close(patienceMilliseconds: number): Promise<void> {
    this.stopping = true;
    const closed = new Promise<void>((resolve, reject) => {
      this.server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
    for (const response of this.open) {
      if (this.endless.has(response)) response.destroy();
      else if (!response.headersSent) response.shouldKeepAlive = false;
    }
    const impatience = setTimeout(() => this.server.closeAllConnections(), patienceMilliseconds);
    await closed;
    clearTimeout(impatience);
  }
}
