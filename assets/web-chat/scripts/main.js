import { openLayout } from './layout.js';
import { connect } from './live.js';
import { store } from './store.js';
import { startTheme } from './theme.js';

startTheme();
const stop = store.listen(({ type }) => {
  if (type !== 'connection' || !store.isConnected) return;
  stop();
  openLayout(document.getElementById('app'));
});
connect();
