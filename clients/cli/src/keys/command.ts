import { defineGroup } from '../command.ts';
import { list } from './list.ts';
import { create, revoke, rotate } from './write.ts';

export const command = defineGroup({
  summary: 'Make, list, rotate and revoke keys',
  defaultCommand: 'list',
  commands: { list, create, rotate, revoke },
});
