import { Hono, type MiddlewareHandler } from 'hono';
import { within } from '../../application/jobs/within.js';
import type { Logger } from '../../application/ports/logger.js';
import { methodNotAllowed } from './plain-answers.js';

export interface StatusParts {
  /** Why the service is not ready, in words for the operator; empty when it is. */
  readonly readiness: () => Promise<readonly string[]>;
  /** Those of them that are this process's way to its database. */
  readonly databaseReadiness: () => Promise<readonly string[]>;
  /** What the operator should know although people are served. */
  readonly notes?: (() => Promise<readonly string[]>) | undefined;
  /** What will not mend itself as long as this process runs; a new start would. Nothing unless given. */
  readonly beyondRecovery?: (() => Promise<readonly string[]>) | undefined;
  /** What `/metrics` answers. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly log: Logger;
}

/** `/healthz`, for everybody: only whether the process works or will recover; if not, it asks to be restarted. */
export function healthRoute(log: Logger, beyondRecovery: StatusParts['beyondRecovery']): Hono {
  const app = new Hono();
  app.use('/healthz', notStored);
  app.get('/healthz', async (context) => {
    const reasons = (await beyondRecovery?.()) ?? [];
    if (reasons.length === 0) return context.text('ok\n');
    log.error('this process must be started again', { reasons });
    return context.text('restart me\n', 503);
  });
  app.all('/healthz', methodNotAllowed('GET, HEAD'));
  return app;
}

/**
 * `/readyz` and `/metrics`: how the service is, for those whom `guard` lets in. `/readyz/database` is for a proxy that
 * chooses between several processes: what keeps all of them from working is no reason to choose another.
 * @param patience milliseconds that the checks may take, then the answer is that they do
 */
export function statusRoutes(parts: StatusParts, patience: number, guard?: MiddlewareHandler): Hono {
  const app = new Hono();
  for (const path of paths) {
    if (guard !== undefined) app.use(path, guard);
    app.use(path, notStored);
  }
  app.get('/readyz', async (context) => {
    const reasons = await reasonsOf(parts.readiness, patience, parts.log);
    const ready = reasons.length === 0;
    const notes = ready ? await notesOf(parts) : [];
    return context.json(
      notes.length === 0 ? { ready, reasons } : { ready, reasons, notes },
      ready ? 200 : 503,
    );
  });
  app.get('/readyz/database', async (context) => {
    const reasons = await reasonsOf(parts.databaseReadiness, patience, parts.log);
    const ready = reasons.length === 0;
    return context.json({ ready, reasons }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const { contentType, body } = await parts.metrics();
    return context.body(body, 200, { 'content-type': contentType });
  });
  for (const path of paths) app.all(path, methodNotAllowed('GET, HEAD'));
  return app;
}

const paths = ['/readyz', '/readyz/database', '/metrics'];

const notStored: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('cache-control', 'no-store');
};

async function notesOf({ notes, log }: StatusParts): Promise<readonly string[]> {
  try {
    return (await notes?.()) ?? [];
  } catch (error) {
    log.warn('notes for readiness could not be found out', { error });
    return [];
  }
}

async function reasonsOf(
  readiness: StatusParts['readiness'],
  patience: number,
  log: Logger,
): Promise<readonly string[]> {
  try {
    return await within(patience, readiness(), () => [`the checks took longer than ${patience / 1000} s`]);
  } catch (error) {
    log.error('readiness could not be found out', { error });
    return ['the checks themselves failed, see the log'];
  }
}
