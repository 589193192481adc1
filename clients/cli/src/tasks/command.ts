import { defineGroup } from '../command.ts';
import { list, show } from './read.ts';
import { claim, complete, create, release } from './write.ts';

export const command = defineGroup({
  summary: 'Give work to programs, and take it',
  defaultCommand: 'list',
  commands: { list, show, create, claim, release, complete },
});
