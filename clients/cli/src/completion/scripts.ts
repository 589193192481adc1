/** Completion scripts, from the table of commands. */
import { GLOBALS } from '../globals.ts';
import type { NamedCommand } from '../list-commands.ts';
import { toFlag } from '../parse.ts';

/** What can follow the words of a command: the commands below it, the choices of its first word, its options. */
function completionsFor({ command }: NamedCommand): string[] {
  const options = { ...command.options, ...GLOBALS };
  return [
    ...Object.keys(command.commands ?? {}),
    ...(command.arguments?.[0]?.choices ?? []),
    ...Object.keys(options).map(toFlag),
  ];
}

const topLevelCommands = (all: readonly NamedCommand[]): string[] =>
  all.flatMap(({ path }) => (path.length === 1 ? path : []));

export function bashScript(all: readonly NamedCommand[]): string {
  const cases = all.map((each) => `    '${each.path.join(' ')}') words='${completionsFor(each).join(' ')}' ;;`);
  return `_fleetbeat() {
  local cur=\${COMP_WORDS[COMP_CWORD]} path= words word at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    [[ $word == -* ]] && break
    path="\${path:+$path }$word"
  done
  case $path in
    '') words='${[...topLevelCommands(all), ...Object.keys(GLOBALS).map(toFlag)].join(' ')}' ;;
${cases.join('\n')}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _fleetbeat fleetbeat`;
}

export function fishScript(all: readonly NamedCommand[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const subcommandCondition = (path: readonly string[]) =>
    path.length === 0
      ? '__fish_use_subcommand'
      : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  return [
    'complete -c fleetbeat -f',
    ...all.map(
      ({ path, command }) =>
        `complete -c fleetbeat -n ${quote(subcommandCondition(path.slice(0, -1)))} -a ${path.at(-1)} -d ${quote(command.summary)}`,
    ),
    ...all.flatMap(({ path, command }) =>
      Object.entries(command.options ?? {}).map(([name, option]) => {
        const value = option.type === 'flag' ? '' : ' -r';
        return `complete -c fleetbeat -n ${quote(subcommandCondition(path))} -l ${toFlag(name).slice(2)}${value} -d ${quote(option.summary)}`;
      }),
    ),
    ...Object.entries(GLOBALS).map(
      ([name, { summary, type }]) =>
        `complete -c fleetbeat -l ${name}${type === 'flag' ? '' : ' -r'} -d ${quote(summary)}`,
    ),
  ].join('\n');
}
