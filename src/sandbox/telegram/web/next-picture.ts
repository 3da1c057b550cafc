import { Hono } from 'hono';

/** What can go wrong with the next picture, as whoever makes pictures offers it. */
export interface NextPictureMenu {
  readonly choices: readonly string[];
  readonly chosen: string | null;
  choose(name: string | null): void;
}

/** Nothing to choose where pictures are made by another process. */
const nothing: NextPictureMenu = { choices: [], chosen: null, choose: () => undefined };

/** Says what the next picture will meet, and changes it. */
export function createNextPicture(menu: NextPictureMenu = nothing): Hono {
  const app = new Hono();
  const state = () => ({ choices: menu.choices, chosen: menu.chosen });
  app.get('/', (context) => context.json(state()));
  app.post('/', async (context) => {
    const { choose } = await context.req.json<{ choose?: unknown }>();
    try {
      menu.choose(choose === null ? null : String(choose));
    } catch (error) {
      return context.json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
    return context.json(state());
  });
  return app;
}
