import { type Context, Hono } from 'hono';
import { closedEndpoints, endpointNames, findEndpoint } from '../endpoints/catalogue.js';
import { plainImages } from '../endpoints/plain-image.js';
import { keyOf, pageOf, refused } from './platform-answer.js';
import { priceOf } from './price-list.js';

export interface ModelsParts {
  readonly extraEndpoints: readonly string[];
  /** The only key that is taken. */
  readonly key: string | undefined;
  readonly baseUrl: () => string;
  readonly startedAt: Date;
}

const thumbnail =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path fill="#3c4a6b" d="M0 0h16v9H0z"/><path fill="#8fa3d1" d="m0 9 5-5 3 3 3-4 5 6z"/></svg>';
const modelsAtOnce = 50;
const mostNamed = 50;

/** `GET /v1/models` and `GET /v1/models/pricing` of `https://api.fal.ai`, for the endpoints of this server. */
export function modelsRoutes(parts: ModelsParts) {
  return new Hono()
    .get('/api/v1/models', (c) => models(c, parts))
    .get('/thumbnail.svg', (c) => c.body(thumbnail, 200, { 'content-type': 'image/svg+xml' }))
    .get('/api/v1/models/pricing', (c) => pricing(c, parts));
}

/** Open to all, as at fal: a key only brings a higher rate there. */
function models(c: Context, parts: ModelsParts): Response {
  const named = namedIn(c);
  const { q = '', category, status } = c.req.query();
  const isKnownStatus = status === undefined || status === 'active' || status === 'deprecated';
  const all = [...endpointNames(parts.extraEndpoints), ...closedEndpoints.keys()];
  const found = (named.length === 0 ? all : all.filter((name) => named.includes(name)))
    .map((name) => modelOf(name, c, parts))
    .filter(({ metadata }) => category === undefined || metadata.category === category)
    .filter(({ metadata }) => status === undefined || metadata.status === status)
    .filter(({ endpoint_id, metadata }) =>
      matches(q, `${endpoint_id} ${metadata.display_name} ${metadata.category}`),
    );
  const page = pageOf(c, found, modelsAtOnce);
  if (page === undefined || named.length > mostNamed || !isKnownStatus)
    return refused(c, 400, 'validation_error', 'Invalid request parameters');
  if (named.length > 0 && found.length === 0) return refused(c, 404, 'not_found', 'Resource not found');
  const { items, ...more } = page;
  return c.json({ models: items, ...more });
}

function pricing(c: Context, { key, extraEndpoints }: ModelsParts): Response {
  const shown = keyOf(c);
  if (shown === undefined || (key !== undefined && shown !== key))
    return refused(c, 401, 'authorization_error', 'Authentication required');
  const named = namedIn(c);
  if (named.length === 0 || named.length > mostNamed)
    return refused(c, 400, 'validation_error', 'endpoint_id: name 1 to 50 endpoints');
  const known = named.filter((name) => findEndpoint(name, extraEndpoints) !== undefined);
  if (known.length < named.length) return refused(c, 404, 'not_found', 'Resource not found');
  const prices = known.map((endpoint_id) => ({ endpoint_id, ...priceOf(endpoint_id), currency: 'USD' }));
  return c.json({ prices, next_cursor: null, has_more: false });
}

/** `?endpoint_id=a,b` and `?endpoint_id=a&endpoint_id=b`. */
const namedIn = (c: Context): string[] =>
  (c.req.queries('endpoint_id') ?? []).flatMap((names) => names.split(',')).filter((name) => name !== '');

const matches = (wanted: string, text: string): boolean =>
  wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

function modelOf(name: string, c: Context, { baseUrl, startedAt }: ModelsParts) {
  const at = startedAt.toISOString();
  const expand = (c.req.queries('expand') ?? []).flatMap((fields) => fields.split(','));
  return {
    endpoint_id: name,
    metadata: {
      display_name: displayName(name),
      category: categoryOf(name),
      description: 'A stand-in of the sandbox: what it answers is drawn, not generated.',
      status: closedEndpoints.has(name) ? ('deprecated' as const) : ('active' as const),
      tags: ['sandbox'],
      updated_at: at,
      is_favorited: keyOf(c) === undefined ? null : false,
      thumbnail_url: `${baseUrl()}/thumbnail.svg`,
      model_url: `${baseUrl()}/run/${name}`,
      date: at,
      highlighted: false,
      pinned: false,
    },
    ...(expand.includes('openapi-3.0') ? { openapi: { error: notHere } } : {}),
    ...(expand.includes('enterprise_status') ? { enterprise_status: 'pending' } : {}),
  };
}

/** fal's own form for a schema that cannot be had. */
const notHere = { code: 'expansion_failed', message: 'The sandbox has no OpenAPI documents' };

const displayName = (name: string): string =>
  name
    .split('/')
    .slice(1)
    .join(' ')
    .replaceAll('-', ' ')
    .replace(/\b\w/g, (letter) => letter.toUpperCase());

function categoryOf(name: string): string {
  const endpoint = findEndpoint(name, []);
  if (endpoint?.work === 'training' || closedEndpoints.has(name)) return 'training';
  if (endpoint?.work === 'language') return name.endsWith('/vision') ? 'vision' : 'llm';
  const needs = Object.values(plainImages()[name]?.needs ?? {});
  return needs.some((need) => need !== 'text') ? 'image-to-image' : 'text-to-image';
}
