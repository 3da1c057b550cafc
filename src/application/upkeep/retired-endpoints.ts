import { standInFor } from '../../domain/generation/endpoint-catalogue.js';
import type { TroubledEndpoint } from '../ports/stores/jobs/endpoint-status-store.js';

/** What the operator should know about endpoints that are taken for gone. */
export interface RetiredEndpoints {
  /** People are refused what these make. */
  readonly missed: readonly string[];
  /** Others do their work. */
  readonly replaced: readonly string[];
}

export function describeRetired(troubled: readonly TroubledEndpoint[]): RetiredEndpoints {
  const missed: string[] = [];
  const replaced: string[] = [];
  const retired = new Set(troubled.flatMap((each) => (each.retirement === null ? [] : [each.endpoint])));
  for (const { endpoint, retirement } of troubled) {
    if (retirement === null) continue;
    const sentence = `fal takes no jobs for ${endpoint} since ${retirement.since.toISOString()}`;
    const standIn = standInFor(endpoint, retired);
    if (standIn === null) missed.push(sentence);
    else replaced.push(`${sentence}; ${standIn} stands in`);
  }
  return { missed, replaced };
}
