import { defineGroup } from '../command.ts';
import { diff } from './diff.ts';
import { history } from './history.ts';
import { patterns } from './patterns.ts';
import { show } from './show.ts';
import { restore, update } from './write.ts';

export const command = defineGroup({
  summary: 'Read what a program remembers, compare its versions, restore one',
  commands: { show, history, diff, restore, update, patterns },
});
