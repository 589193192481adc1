/** Completes ids while a person types them: of programs and sessions, in prompts and in resource templates. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Caller, MethodHandlers } from './caller.ts';
import { parseResponse } from './resources.ts';

type SessionPage = components['schemas']['SessionPage'];
type ProgramPage = components['schemas']['ProgramPage'];

/** The most that one page of REST has; a completion may have 100. */
const PAGE = 50;

interface Candidates {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
}

/** A prefix of nothing that is there completes to nothing; so does an argument that is no id. */
export function completionMethods(caller: Caller): Pick<MethodHandlers, 'completion/complete'> {
  const { authorization, principal } = caller;
  const get = async <Page>(url: string): Promise<Page> =>
    parseResponse<Page>(
      await caller.dispatch(() => ({ method: 'GET', url, headers: { authorization }, body: undefined })),
    );
  /** By the name of the argument. A program completes what is its own: of others it may read neither state nor prompt. */
  const candidates: Readonly<Record<string, () => Promise<Candidates>>> = {
    programId: async () => {
      if (principal.role === 'program') return { ids: [principal.programId ?? ''], hasMore: false };
      const { programs, nextCursor } = await get<ProgramPage>(`/v1/programs?limit=${PAGE}`);
      return { ids: programs.map(({ programId }) => programId), hasMore: nextCursor !== null };
    },
    sessionId: async () => {
      const own = principal.programId === null ? '' : `&programId=${encodeURIComponent(principal.programId)}`;
      const { sessions, nextCursor } = await get<SessionPage>(`/v1/sessions?limit=${PAGE}${own}`);
      return { ids: ['current', ...sessions.map(({ sessionId }) => sessionId)], hasMore: nextCursor !== null };
    },
  };
  return {
    'completion/complete': async ({ params: { argument } }) => {
      const list = Object.hasOwn(candidates, argument.name) ? candidates[argument.name] : undefined;
      if (!list) return { completion: { values: [], hasMore: false } };
      const { ids, hasMore } = await list();
      return { completion: { values: ids.filter((id) => id.startsWith(argument.value)), hasMore } };
    },
  };
}
