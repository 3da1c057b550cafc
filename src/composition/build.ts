import type { ContainerModuleLoadOptions, ServiceIdentifier } from 'inversify';

export type Bind = ContainerModuleLoadOptions['bind'];

/** Everything that is bound under one identifier. */
export interface All<Each> {
  readonly isMultiple: true;
  readonly serviceIdentifier: ServiceIdentifier<Each>;
}

/** What is bound, or `undefined` where nothing is. */
interface IfBound<Service> {
  readonly optional: true;
  readonly serviceIdentifier: ServiceIdentifier<Service>;
}

/** Under which identifier each part is bound. */
type Sources = Readonly<Record<string, ServiceIdentifier<unknown> | All<unknown> | IfBound<unknown>>>;

/** What comes from there. */
type From<Named extends Sources> = {
  readonly [Name in keyof Named]: Named[Name] extends All<infer Each>
    ? readonly Each[]
    : Named[Name] extends IfBound<infer Service>
      ? Service | undefined
      : Named[Name] extends ServiceIdentifier<infer Service>
        ? Service
        : never;
};

export const all = <Each>(serviceIdentifier: ServiceIdentifier<Each>): All<Each> => ({
  isMultiple: true,
  serviceIdentifier,
});

export const ifBound = <Service>(serviceIdentifier: ServiceIdentifier<Service>): IfBound<Service> => ({
  optional: true,
  serviceIdentifier,
});

/** Binds a class under itself, once for the process, and returns it. A part that is missing or of another type does not compile. */
export function build<Service, Named extends Sources>(
  bind: Bind,
  service: new (parts: From<Named>) => Service,
  sources: Named,
): new (
  parts: From<Named>,
) => Service {
  make(bind, service, (parts: From<Named>) => new service(parts), sources);
  return service;
}

/** Binds what a function makes of its parts, once for the process. */
export function make<Service, Named extends Sources>(
  bind: Bind,
  identifier: ServiceIdentifier<Service>,
  from: (parts: From<Named>) => Service,
  sources: Named,
): void {
  const names = Object.keys(sources);
  bind(identifier)
    .toResolvedValue(
      (...found: unknown[]) =>
        from(Object.fromEntries(names.map((name, index) => [name, found[index]])) as From<Named>),
      Object.values(sources),
    )
    .inSingletonScope();
}
