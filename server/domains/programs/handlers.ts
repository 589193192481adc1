/** Operation → service → view, for the operations of programs. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { KnownProgram, ProgramService } from './service.ts';

export const programHandlers: Handlers<'listPrograms' | 'updateProgram', { readonly programs: ProgramService }> = {
  async listPrograms({ query: { limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.programs.list(principal, { limit, cursor });
    return { status: 200, body: { programs: page.map(programView), nextCursor } };
  },

  async updateProgram({ path, body }, { principal, services }) {
    return { status: 200, body: programView(await services.programs.update(principal, path.programId, body)) };
  },
};

const programView = ({ row, role, lastHeartbeat }: KnownProgram): components['schemas']['Program'] => ({
  programId: row.programId,
  displayName: row.displayName ?? row.programId,
  role,
  paused: row.pausedAt !== null,
  lastHeartbeat: instantOrNull(lastHeartbeat),
  createdAt: instant(row.createdAt),
});
