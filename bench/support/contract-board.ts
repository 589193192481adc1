/** What of the scoreboard follows from the sources alone. */
import { findings } from '../../openapi/bundle.ts';
import { contract, tools } from '../../server/platform/contract.ts';

const bytesOf = (all: readonly unknown[]): number => Buffer.byteLength(JSON.stringify(all));
/** As an agent's key of the role program sees them. */
const daily = tools.filter(({ byDefault, roles }) => byDefault && (roles === null || roles.includes('program')));

export const version = (contract['info'] as { version: string }).version;

export const toolList = {
  tools: daily.length,
  bytes: bytesOf(daily.map(({ listed }) => listed)),
  allTools: tools.length,
  allBytes: bytesOf(tools.map(({ listed }) => listed)),
};

export const contractBoard = async () => ({ version, linterFindings: await findings(), toolList });

/** The release notes of this version. */
export const NOTES = new URL(`../../docs/release-notes/${version}.md`, import.meta.url);
