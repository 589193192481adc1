/** What of the scoreboard follows from the sources alone. */
import { countLintFindings } from '../../openapi/bundle.ts';
import { contract, tools } from '../../server/platform/contract.ts';

const countJsonBytes = (all: readonly unknown[]): number => Buffer.byteLength(JSON.stringify(all));
/** As an agent's key of the role program sees them. */
const defaultTools = tools.filter(({ byDefault, roles }) => byDefault && (roles === null || roles.includes('program')));

export const version = (contract['info'] as { version: string }).version;

export const toolList = {
  tools: defaultTools.length,
  bytes: countJsonBytes(defaultTools.map(({ listed }) => listed)),
  allTools: tools.length,
  allBytes: countJsonBytes(tools.map(({ listed }) => listed)),
};

export const readContractFigures = async () => ({ version, linterFindings: await countLintFindings(), toolList });

/** The release notes of this version. */
export const RELEASE_NOTES = new URL(`../../docs/release-notes/${version}.md`, import.meta.url);
