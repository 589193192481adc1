/** Every command of the table, for what is derived from all of it: completion and documentation. */
import type { Command } from './command.ts';
import { commands } from './commands.ts';

export interface Named {
  /** `['sessions', 'list']` */
  readonly path: readonly string[];
  readonly command: Command;
}

/** The groups too, each before what is below it. */
export async function allCommands(): Promise<readonly Named[]> {
  const top = await Promise.all(
    Object.entries(commands).map(
      async ([word, load]): Promise<Named> => ({ path: [word], command: (await load()).command }),
    ),
  );
  return top.flatMap(withBelow);
}

const withBelow = ({ path, command }: Named): readonly Named[] => [
  { path, command },
  ...Object.entries(command.commands ?? {}).flatMap(([word, below]) =>
    withBelow({ path: [...path, word], command: below }),
  ),
];
