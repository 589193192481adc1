/** The handlers of programs. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { ProgramDetails, ProgramService } from './service.ts';

export const programHandlers: Handlers<
  'listPrograms' | 'getProgram' | 'updateProgram' | 'removeProgram',
  { readonly programs: ProgramService }
> = {
  async listPrograms({ query: { limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.programs.list(principal, { limit, cursor });
    return { status: 200, body: { programs: page.map(toProgramView), nextCursor } };
  },

  async getProgram({ path }, { principal, services }) {
    return { status: 200, body: toProgramView(await services.programs.get(principal, path.programId)) };
  },

  async updateProgram({ path, body }, { principal, services }) {
    return { status: 200, body: toProgramView(await services.programs.update(principal, path.programId, body)) };
  },

  async removeProgram({ path }, { principal, services }) {
    const removedAt = await services.programs.remove(principal, path.programId);
    return { status: 202, body: { programId: path.programId, removedAt: formatInstant(removedAt) } };
  },
};

const toProgramView = ({ row, role, lastHeartbeat }: ProgramDetails): components['schemas']['Program'] => ({
  programId: row.programId,
  displayName: row.displayName ?? row.programId,
  role,
  paused: row.pausedAt !== null,
  sessionRequired: row.sessionRequiredAt !== null,
  lastHeartbeat: formatInstantOrNull(lastHeartbeat),
  createdAt: formatInstant(row.createdAt),
});
