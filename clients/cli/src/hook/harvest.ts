/** Adds to what hooks have heard of a run where its working tree stands. */
import { fitHandover, type Handover, toWorkingTree } from './handover.ts';
import { readWorkingTree } from './working-tree.ts';

/** Never rejects; takes a second at most. */
export async function harvest(reported: Handover, folder: string | null): Promise<Handover> {
  const tree = folder === null ? null : await readWorkingTree(folder);
  const recordedAt = new Date().toISOString();
  return fitHandover({ recordedAt, ...reported, ...(tree && { workingTree: toWorkingTree(tree) }) });
}
