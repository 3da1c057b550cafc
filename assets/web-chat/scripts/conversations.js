import { store } from './store.js';

/** A conversation as the list shows it: who looks (`personId`) at which chat. The group is shared by all. */
export const conversations = () => [
  ...store.surroundings.people.map(({ id }) => ({ key: `person-${id}`, personId: id, chatId: id })),
  { key: 'group', personId: store.surroundings.people[0].id, chatId: store.surroundings.group.id },
];
