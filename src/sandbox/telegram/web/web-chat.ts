import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ChatDriver } from '../driver/chat-driver.js';
import type { World } from '../state/world.js';
import { createActions } from './actions.js';
import { messagePage, surroundings } from './chat-snapshot.js';
import { streamEvents } from './event-stream.js';
import { serveFile } from './files.js';
import { createNextPicture, type NextPictureMenu } from './next-picture.js';
import { onlyThisMachine, strictHeaders } from './same-origin.js';
import { serveAsset } from './static-assets.js';
import { receiveUpload } from './uploads.js';

/** Ten files of 20 MB and what is around them. */
const uploadLimit = 210 * 1024 * 1024;

/** The page, its data and its actions. Mount it with `route`; all its addresses are relative. */
export function createWebChat(
  world: World,
  driver: ChatDriver,
  ended: AbortSignal,
  nextPicture?: NextPictureMenu,
): Hono {
  const app = new Hono();
  app.use(onlyThisMachine, strictHeaders, bodyLimit({ maxSize: uploadLimit }));
  app.get('/api/surroundings', (context) => context.json(surroundings(world)));
  app.get('/api/chats/:chat/messages', (context) => {
    const before = context.req.query('before');
    return context.json(
      messagePage(
        world,
        Number(context.req.param('chat')),
        before === undefined ? undefined : Number(before),
      ),
    );
  });
  app.get('/api/events', (context) => streamEvents(context, world, ended));
  app.get('/api/files/:file', (context) => serveFile(context, world, context.req.param('file')));
  app.post('/api/people/:person/uploads', async (context) => {
    try {
      return context.json(await receiveUpload(context, driver));
    } catch (error) {
      return context.json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  });
  app.route('/api/next-picture', createNextPicture(nextPicture));
  app.route('/api/people/:person', createActions(driver));
  app.get('/*', serveAsset);
  return app;
}
