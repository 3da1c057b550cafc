import type { RouteConfig, z } from '@hono/zod-openapi';

type Schema<Request, Part extends string> =
  Request extends Readonly<Record<Part, infer Found extends z.ZodType>> ? Found : never;
type Json<Holder> = Holder extends {
  content: { 'application/json': { schema: infer Found extends z.ZodType } };
}
  ? Found
  : never;
type Body<Request> = Request extends { body: infer Found } ? Json<Found> : never;

/** The fields of a form, each of which takes files. */
type Form<Holder> = Holder extends {
  content: { 'multipart/form-data': { schema: { properties: infer Found } } };
}
  ? Found
  : never;
type Fields<Request> = Request extends { body: infer Found } ? Form<Found> : never;
type Files<Found> = [Found] extends [never]
  ? object
  : { readonly files: { readonly [Field in keyof Found]: readonly File[] } };

/** Nothing where the route takes nothing. */
type Named<Name extends string, Found> = [Found] extends [never]
  ? object
  : Readonly<Record<Name, Found extends z.ZodType ? z.input<Found> : never>>;
type Optional<Name extends string, Found> = Partial<Named<Name, Found>>;

type Given<Route extends RouteConfig> = Named<'params', Schema<Route['request'], 'params'>> &
  Optional<'query', Schema<Route['request'], 'query'>> &
  Optional<'headers', Schema<Route['request'], 'headers'>> &
  Named<'body', Body<Route['request']>> &
  Files<Fields<Route['request']>>;

type Answer<Route extends RouteConfig> = {
  [Status in (200 | 201 | 202) & keyof Route['responses']]: z.output<Json<Route['responses'][Status]>>;
}[(200 | 201 | 202) & keyof Route['responses']];

interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly files?: Readonly<Record<string, readonly File[]>>;
}

/** Asks the API as its routes say: what may be sent, and what comes back. */
export class ApiClient {
  constructor(
    private readonly fetch: (path: string, request: RequestInit) => Response | Promise<Response>,
    private readonly key: string,
  ) {}

  /** What a route answers in JSON. Throws what it refuses with. */
  async ask<Route extends RouteConfig>(route: Route, given: Given<Route>): Promise<Answer<Route>> {
    return (await this.send(route, given)).json() as Promise<Answer<Route>>;
  }

  /** The answer itself, of a route that sends bytes or events. */
  async send<Route extends RouteConfig>({ method, path }: Route, given: Given<Route>): Promise<Response> {
    const { params = {}, query = {}, headers = {}, body, files } = given as Sent;
    const named = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await this.fetch(`${named}?${asked}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(files === undefined ? {} : { body: formOf(files) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response;
  }
}

function formOf(files: Readonly<Record<string, readonly File[]>>): FormData {
  const form = new FormData();
  for (const [field, all] of Object.entries(files)) for (const file of all) form.append(field, file);
  return form;
}
