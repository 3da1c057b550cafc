import { randomBytes } from 'node:crypto';
import type pg from 'pg';

/**
 * The same address, under whose application name every connection says how many its process may open. So the
 * database knows of each living process, and forgets it as soon as it is gone.
 */
export function labelled(url: string, connections: number): string {
  const label = `aisha:${connections}:${randomBytes(4).toString('hex')}`;
  const given = /([?&]application_name=)([^&#]*)/;
  if (given.test(url)) return url.replace(given, (_, key, name) => `${key}${name}+${label}`);
  const [address, fragment] = url.split('#', 2);
  const query = `${url.includes('?') ? '&' : '?'}application_name=${label}`;
  return `${address}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}

interface Share {
  readonly limit: number;
  readonly holder: string;
  readonly processes: number;
  readonly connections: number;
}

/** What is short, and what to do about it, in a sentence each. */
interface Shortage {
  readonly detail: string;
  readonly advice: string;
}

/**
 * Where the living processes together may open more connections than they are given, or `null`. The caller counts
 * itself only with `includingThis`.
 */
export async function connectionShortage(pool: pg.Pool, includingThis: boolean): Promise<Shortage | null> {
  const { rows } = await pool.query<Share>(shares, [includingThis]);
  const [short] = rows.filter(({ limit, connections }) => connections > limit);
  if (short === undefined) return null;
  const { limit, holder, processes, connections } = short;
  const fair = Math.floor(limit / processes);
  const all = processes === 1 ? 'a process may open' : `${processes} processes together may open`;
  return {
    detail: `${all} ${connections} connections, and ${holder} has ${limit}`,
    advice:
      fair >= 3
        ? `Set DATABASE_CONNECTIONS=${fair} in each, or raise that limit.`
        : 'Run fewer processes, or raise that limit.',
  };
}

/** One row for each limit: of the role, of the database, and of the server, where others take some too. */
const shares = `
  with living as (
    select distinct application_name, usename, datname,
      (regexp_match(application_name, 'aisha:(\\d+):[0-9a-f]{8}$'))[1]::integer as may
    from pg_stat_activity
    where application_name ~ 'aisha:\\d+:[0-9a-f]{8}$'
      and ($1 or application_name <> current_setting('application_name'))
  ), limits as (
    select rolconnlimit as "limit", format('the role "%s"', rolname) as holder, rolname as role, null as database
    from pg_roles where rolname = session_user and rolconnlimit >= 0 and not rolsuper
    union all
    select datconnlimit, format('the database "%s"', datname), null, datname
    from pg_database where datname = current_database() and datconnlimit >= 0
    union all
    select current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
      - coalesce(current_setting('reserved_connections', true)::integer, 0)
      - (select count(*)::integer from pg_stat_activity where backend_type = 'client backend'
         and application_name !~ 'aisha:\\d+:[0-9a-f]{8}$'),
      'the server, beside what others have open,', null, null
  )
  select "limit", holder, count(*)::integer as processes, sum(may)::integer as connections
  from limits join living on (role is null or usename = role) and (database is null or datname = database)
  group by "limit", holder order by "limit"`;
