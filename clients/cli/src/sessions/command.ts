import { defineGroup } from '../command.ts';
import { list } from './list.ts';
import { show, timeline } from './show.ts';
import { complete, create, update } from './write.ts';

export const command = defineGroup({
  summary: 'See and change sessions, the runs of programs',
  defaultCommand: 'list',
  commands: { list, show, timeline, create, update, complete },
});
