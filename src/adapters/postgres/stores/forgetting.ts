import { sql } from 'kysely';
import type { Order } from '../../../domain/generation/order.js';
import type { UserId } from '../../../domain/ids.js';

/** What of an order says anything about a person. */
const emptied: { readonly [Each in Order as Each['endpoint']]: Partial<Each> } = {
  'fal-ai/flux-lora': { prompt: '', loras: [] },
  'fal-ai/flux-lora/image-to-image': { prompt: '', loras: [] },
  'fal-ai/flux-pro/finetuned': { prompt: '' },
  'fal-ai/flux-pro/v1.1-ultra-finetuned': { prompt: '' },
  'fal-ai/clarity-upscaler': { prompt: '' },
};

/**
 * Everything that is removed when a person leaves, in an order that the foreign keys allow. What remains are rows of
 * jobs without words, addresses or pictures, and the ledger: it is never changed.
 */
export const forgetting = (owner: UserId) => [
  // In the order in which everybody locks them.
  sql`select from generations where owner = ${owner} order by id for no key update`,
  sql`select from trainings where owner = ${owner} order by id for no key update`,
  sql`select from images where owner = ${owner} order by id for update`,
  // Their references are spelled out, as an index has them; an array makes sure that it is used.
  sql`delete from receipts where reference = any(array(
    select 'generation:' || id || ':' || submit from generations, generate_series(1, submits) as submit
      where owner = ${owner}
    union all select 'training:' || id || ':' || submit from trainings, generate_series(1, submits) as submit
      where owner = ${owner}))`,
  sql`delete from job_messages where generation in (select id from generations where owner = ${owner})`,
  sql`delete from follow_ups where generation in (select id from generations where owner = ${owner})`,
  sql`delete from gallery_views where owner = ${owner}`,
  sql`delete from recipes where owner = ${owner}`,
  // Pending replies and forms: the tables keep the names of the first release.
  sql`delete from expectations where owner = ${owner}`,
  sql`delete from wishes where owner = ${owner}`,
  // What was owed to them; what happened stays.
  sql`delete from money_messages where user_id = ${owner}`,
  // With what is on its way to them.
  sql`delete from event_hooks where owner = ${owner}`,
  sql`delete from broadcast_people where user_id = ${owner}`,
  sql`delete from unreachable_people where user_id = ${owner}`,
  sql`delete from preferences where user_id = ${owner}`,
  sql`delete from judging_attempts where owner = ${owner}`,
  // What was used of a day's allowance goes when that day is over, or leaving and coming back would renew it.
  sql`delete from images where owner = ${owner}`,
  // With its drafts and photos.
  sql`delete from avatars where owner = ${owner}`,
  sql`update generations set prompt = '', overrides = '{}', avatar = null, companion = null, request_key = null,
      origin = jsonb_set(origin, '{address}', '{}'),
      "order" = "order" || coalesce(${JSON.stringify(emptied)}::jsonb -> ("order" ->> 'endpoint'), '{"prompt": ""}')
    where owner = ${owner}`,
  sql`update trainings set request_key = null,
      origin = jsonb_set(origin, '{address}', '{}'),
      "order" = "order" || '{"trigger": "", "photos": []}',
      weights = case when weights is null then null else weights || '{"url": "", "keptAs": ""}' end,
      proof = case when proof is null then null else '{"status": "none"}'::jsonb end
    where owner = ${owner}`,
  // That something was done to them stays, the words about them go.
  sql`update operator_acts set why = null where subject = ${owner}`,
  sql`delete from moderation_cases where person = ${owner} or reporter = ${owner}`,
  sql`update blocked_people set why = null where user_id = ${owner}`,
  sql`delete from operator_intents where act ->> 'user' = ${owner}`,
  sql`delete from api_keys where owner = ${owner}`,
  sql`delete from api_requests where owner = ${owner}`,
  sql`delete from picture_limits where user_id = ${owner}`,
  // What was decided stays, or whoever was turned away could ask anew at once.
  sql`update admissions set name = null, language = null where user_id = ${owner}`,
  sql`update users set display_name = null, language = null where id = ${owner}`,
];
