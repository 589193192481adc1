/** What is recorded of a run for whoever goes on after it, cut to what the server takes. Pure. */
import type { components } from '@fleetbeat/client';
import { truncateLine, truncateText } from './truncate.ts';
import type { WorkingTree } from './working-tree.ts';

export type Handover = components['schemas']['Handover'];

const MAX_PROMPT_LENGTH = 1_000;
export const MAX_ANSWER_LENGTH = 2_000;
const MAX_FILE_LENGTH = 250;
/** Of 8,192 that the server takes as JSON. */
const MAX_BYTES = 8_000;

export const toPrompt = (text: string): string => truncateText(text, MAX_PROMPT_LENGTH);
export const toAnswer = (text: string): string => truncateText(text, MAX_ANSWER_LENGTH);

export function toWorkingTree({ branch, head, ahead, behind, changed, count }: WorkingTree) {
  return {
    branch: branch === '(detached)' ? null : truncateLine(branch, 250),
    commit: head,
    ahead,
    behind,
    changedFiles: changed.map((file) => truncateLine(file, MAX_FILE_LENGTH)),
    changedFileCount: count,
  };
}

/** The same with fewer names of files, then fewer commands, then a shorter answer, until it fits. */
export function fitHandover(handover: Handover): Handover {
  if (Buffer.byteLength(JSON.stringify(handover)) <= MAX_BYTES) return handover;
  const { workingTree, lastCommands = [], lastAnswer } = handover;
  const files = workingTree?.changedFiles ?? [];
  if (workingTree && files.length > 0)
    return fitHandover({
      ...handover,
      workingTree: { ...workingTree, changedFiles: files.slice(0, files.length >> 1) },
    });
  if (lastCommands.length > 0) return fitHandover({ ...handover, lastCommands: lastCommands.slice(1) });
  if (lastAnswer === undefined || lastAnswer.length < 2) return {};
  return fitHandover({ ...handover, lastAnswer: truncateText(lastAnswer, lastAnswer.length >> 1) });
}
