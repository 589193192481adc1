/** Operation → service → view, for learned patterns. */
import type { Handlers } from '../../platform/operations.ts';
import type { ChangedPattern, PatternService } from './pattern-service.ts';
import { changedPatternView, etag, patternView } from './view.ts';

export const patternHandlers: Handlers<
  'listPatterns' | 'removePattern' | 'reinforcePattern' | 'promotePattern' | 'setPatternStatus',
  { readonly patterns: PatternService }
> = {
  async listPatterns({ path, query }, { principal, services }) {
    const { rows, stale, nextCursor } = await services.patterns.list(principal, path.programId, query);
    return {
      status: 200,
      body: { patterns: rows.map((row) => patternView(row, stale.has(row.patternId))), nextCursor },
    };
  },

  async removePattern({ path, query, headers }, { principal, services }) {
    const act = { ...path, ifMatch: headers['if-match'], sessionId: query.sessionId };
    const { version } = await services.patterns.remove(principal, act);
    return { status: 204, body: undefined, headers: { ETag: etag(version) } };
  },

  async reinforcePattern({ path, headers, body = {} }, { principal, services }) {
    const act = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return report(await services.patterns.reinforce(principal, act, body));
  },

  async promotePattern({ path, headers, body = {} }, { principal, services }) {
    const act = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return report(await services.patterns.promote(principal, act, body));
  },

  async setPatternStatus({ path, headers, body }, { principal, services }) {
    const act = { ...path, ifMatch: headers['if-match'], sessionId: body.sessionId };
    return report(await services.patterns.setStatus(principal, act, body));
  },
};

const report = ({ row, pattern }: ChangedPattern) => ({
  status: 200 as const,
  body: changedPatternView(row, pattern),
  headers: { ETag: etag(row.version) },
});
