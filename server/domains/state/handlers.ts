/** The handlers that read, write, export and import program state. */
import type { Clock } from '../../platform/clock.ts';
import { requireMatchingId } from '../../platform/faults.ts';
import type { Handlers, RequestContext } from '../../platform/operations.ts';
import { toStateDocument } from './document.ts';
import type { StateService } from './service.ts';
import type { StateTransferService } from './transfer-service.ts';
import { etag, toStateView, toWrittenStateView } from './view.ts';
import type { WrittenState } from './write.ts';

interface Services {
  readonly clock: Clock;
  readonly state: StateService;
  readonly stateTransfer: StateTransferService;
}

export const stateHandlers: Handlers<
  'getProgramState' | 'updateProgramState' | 'exportState' | 'importState',
  Services
> = {
  async getProgramState({ path, query, headers }, { principal, services }) {
    const unchangedVersion = await services.state.findUnchangedVersion(
      principal,
      path.programId,
      headers['if-none-match'],
      query.asOf,
    );
    if (unchangedVersion !== null) return toNotModified(unchangedVersion);
    const stored = await services.state.read(principal, path.programId, query.asOf);
    const body = toStateView(path.programId, stored, stored.judgedAt);
    return { status: 200, body, headers: { ETag: etag(body.version) } };
  },

  async updateProgramState({ path, headers, body }, context) {
    const { principal, services } = context;
    const { programId, ...update } = body;
    requireMatchingId('programId', path.programId, programId);
    return toWriteResponse(await services.state.write(principal, path.programId, update, headers['if-match']), context);
  },

  async exportState({ path, headers }, { principal, services }) {
    const unchangedVersion = await services.stateTransfer.findUnchangedVersion(
      principal,
      path.programId,
      headers['if-none-match'],
    );
    if (unchangedVersion !== null) return toNotModified(unchangedVersion);
    const stored = await services.stateTransfer.export(principal, path.programId);
    const version = stored.row?.version ?? 0;
    return { status: 200, body: toStateDocument(path.programId, stored), headers: { ETag: etag(version) } };
  },

  async importState({ path, headers, body }, context) {
    const { principal, services } = context;
    return toWriteResponse(
      await services.stateTransfer.import(principal, path.programId, body, headers['if-match']),
      context,
    );
  },
};

/** The response to a reader that already has the version. */
const toNotModified = (version: number) => ({
  status: 304 as const,
  body: undefined,
  headers: { ETag: etag(version) },
});

/** The response to a write: the stored state, with its version as the ETag. */
export const toWriteResponse = (written: WrittenState, { services }: RequestContext<{ readonly clock: Clock }>) => ({
  status: 200 as const,
  body: toWrittenStateView(written, services.clock.now()),
  headers: { ETag: etag(written.row.version) },
});
