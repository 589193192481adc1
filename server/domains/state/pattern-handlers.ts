/** The handlers of learned patterns. */
import type { Handlers } from '../../platform/operations.ts';
import type { ChangedPattern, PatternService } from './pattern-service.ts';
import { etag, toChangedPatternView, toPatternView } from './view.ts';

export const patternHandlers: Handlers<
  'listPatterns' | 'getPattern' | 'removePattern' | 'reinforcePattern' | 'promotePattern' | 'setPatternStatus',
  { readonly patterns: PatternService }
> = {
  async listPatterns({ path, query }, { principal, services }) {
    const { rows, stale, nextCursor } = await services.patterns.list(principal, path.programId, query);
    return {
      status: 200,
      body: { patterns: rows.map((row) => toPatternView(row, stale.has(row.patternId))), nextCursor },
    };
  },

  async getPattern({ path }, { principal, services }) {
    const { row, isStale } = await services.patterns.get(principal, path.programId, path.patternId);
    return { status: 200, body: toPatternView(row, isStale) };
  },

  async removePattern({ path, query, headers }, { principal, services }) {
    const request = { ...path, ifMatch: headers['if-match'], sessionId: query.sessionId };
    const { version } = await services.patterns.remove(principal, request);
    return { status: 204, body: undefined, headers: { ETag: etag(version) } };
  },

  async reinforcePattern({ path, headers, body = {} }, { principal, services }) {
    const request = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return toPatternResponse(await services.patterns.reinforce(principal, request, body));
  },

  async promotePattern({ path, headers, body = {} }, { principal, services }) {
    const request = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return toPatternResponse(await services.patterns.promote(principal, request, body));
  },

  async setPatternStatus({ path, headers, body }, { principal, services }) {
    const request = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return toPatternResponse(await services.patterns.setStatus(principal, request, body));
  },
};

const toPatternResponse = ({ row, pattern }: ChangedPattern) => ({
  status: 200 as const,
  body: toChangedPatternView(row, pattern),
  headers: { ETag: etag(row.version) },
});
