/** Every command of the table, for what is derived from all of it: completion and documentation. */
import type { Command } from './command.ts';
import { commands } from './commands.ts';

export interface NamedCommand {
  /** `['sessions', 'list']` */
  readonly path: readonly string[];
  readonly command: Command;
}

/** The groups too, each before what is below it. */
export async function listCommands(): Promise<readonly NamedCommand[]> {
  const top = await Promise.all(
    Object.entries(commands).map(
      async ([word, load]): Promise<NamedCommand> => ({ path: [word], command: (await load()).command }),
    ),
  );
  return top.flatMap(flattenCommand);
}

const flattenCommand = ({ path, command }: NamedCommand): readonly NamedCommand[] => [
  { path, command },
  ...Object.entries(command.commands ?? {}).flatMap(([word, below]) =>
    flattenCommand({ path: [...path, word], command: below }),
  ),
];
