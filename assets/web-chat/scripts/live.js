import { store } from './store.js';

/** Milliseconds before the page tries again after it lost the server. */
const retryTime = 1000;

/** Keeps the store true to what happens: everything is read once connected, then each event is applied. */
export function connect() {
  const source = new EventSource('api/events');
  let isLoaded = false;
  let early = [];
  const on = (name, apply) =>
    source.addEventListener(name, ({ data }) => {
      const run = () => apply(JSON.parse(data));
      if (isLoaded) run();
      else early.push(run);
    });
  source.addEventListener('hello', async () => {
    try {
      await store.loadAll();
      isLoaded = true;
      for (const run of early) run();
      early = [];
      store.setConnected(true);
    } catch {
      retry();
    }
  });
  on('message', (message) => store.put('message', message));
  on('edited', (message) => store.put('edited', message));
  on('deleted', ({ chatId, id }) => store.remove(chatId, id));
  on('draft', (shown) => store.setDraft(shown));
  on('action', ({ chatId, action }) => store.setAction(chatId, action));
  on('surroundings', (surroundings) => store.setSurroundings(surroundings));
  const retry = () => {
    source.close();
    store.setConnected(false);
    setTimeout(connect, retryTime);
  };
  source.onerror = retry;
}
