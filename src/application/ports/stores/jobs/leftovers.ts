/** Rows that nobody deletes by himself, and after how many days they go. What is not named here is kept for good. */
export const leftoverDays = {
  /** Events of the provider: each is sent again for hours at most, and the job that it is about has long ended. */
  webhooks: 7,
  /** Forms in a chat. Their buttons then say that they are too old. */
  forms: 180,
  /** What the buttons of the gallery name. */
  galleryViews: 180,
  /** Questions that were never answered: as long as the screens that ask them. */
  pendingReplies: 180,
  /** Progress that nobody took away. */
  jobMessages: 30,
  /** What follows a result, if Telegram would not take it for so long. */
  followUps: 2,
  /** Refusals of endpoints that nobody has asked since. */
  refusals: 30,
  /** What operators were asked, confirmed or not. */
  intents: 30,
  /** What was decided of reports, photos and appeals. */
  cases: 365,
  /** What the API was asked under a name, and answered. */
  apiRequests: 1,
  /** Jobs of the queue that failed too often. */
  queueJobs: 30,
} as const;

export type Leftover = keyof typeof leftoverDays;

export interface Leftovers {
  /** Forgets what is older than that; at most so many of each kind at once. Returns how many of each went. */
  forget(now: Date, atMost: number): Promise<Readonly<Record<Leftover, number>>>;
}
