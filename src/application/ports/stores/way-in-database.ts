import type { Stores } from './stores.js';

/** Methods that ask and change nothing. */
type Asking =
  | 'account'
  | 'ahead'
  | 'beginningWith'
  | 'concerning'
  | 'count'
  | 'countWaiting'
  | 'days'
  | 'dead'
  | 'find'
  | 'findByRequestKey'
  | 'findOwned'
  | 'hasPaidFor'
  | 'history'
  | 'historyPage'
  | 'images'
  | 'lastSaid'
  | 'limitOf'
  | 'list'
  | 'mainOf'
  | 'measured'
  | 'of'
  | 'ofAvatar'
  | 'ofGeneration'
  | 'ofOwner'
  | 'older'
  | 'progressOf'
  | 'retired'
  | 'search'
  | 'some'
  | 'spent'
  | 'terms'
  | 'troubled'
  | 'typicalSeconds'
  | 'waiting'
  | 'withProgress';

/** Stores that can only be asked. */
export type ReadStores = {
  readonly [Name in keyof Stores]: Pick<Stores[Name], Extract<keyof Stores[Name], Asking>>;
};

/** What a chat alone knows and needs. */
type Own = 'followUps' | 'galleryViews' | 'jobMessages' | 'pendingReplies' | 'sentFiles' | 'updates';

/** What a way in may do by itself: ask, and keep what is its own. Whatever else is changed, a use case changes. */
export interface WayInDatabase {
  readonly stores: ReadStores & Pick<Stores, Own>;
}
