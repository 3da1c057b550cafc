import { store } from './store.js';
import { english } from './words-english.js';
import { russian } from './words-russian.js';

/** The page's own words for a person: in the language of their client, as a Telegram client has them. */
export const wordsOf = (personId) =>
  store.person(personId)?.languageCode.toLowerCase().startsWith('ru') ? russian : english;
