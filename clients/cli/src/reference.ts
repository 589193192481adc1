/** The page about every command, in Markdown, from the table of commands. `docs/cli.md` is this text. */
import type { Option } from './command-line.ts';
import { GLOBALS } from './globals.ts';
import { describeArgument, describeOption, formatArgument, formatOption, formatUsage } from './help.ts';
import { listCommands, type NamedCommand } from './list-commands.ts';

export async function referencePage(): Promise<string> {
  const all = await listCommands();
  return `${[
    HEAD,
    '## Options of every command',
    markdownTable(Object.entries(GLOBALS).map(optionRow)),
    '## Commands',
    ...all.map(section),
  ].join('\n\n')}\n`;
}

const HEAD = `<!-- Written by \`make generate\` from the table of commands in clients/cli/src. Do not edit it. -->

# The \`fleetbeat\` program

The package that \`make package\` writes has it, with the server; so has a clone, in \`node_modules/.bin\` after \`make build\`. A server hands
it out without the server at \`/install\`. Start a server, store its key, and watch:

\`\`\`console
fleetbeat serve
fleetbeat login < ~/.local/share/fleetbeat/admin.key
fleetbeat top
\`\`\`

## Where the server and the key come from

An option (\`--url\`, \`--key\`) wins over the environment (\`FLEETBEAT_URL\`, \`FLEETBEAT_KEY\`), and that over what
\`fleetbeat login\` has kept in \`$XDG_CONFIG_HOME/fleetbeat/config.json\` (by default under \`~/.config\`), a file of mode
600. With \`FLEETBEAT_PROGRAM\` it is the file that \`fleetbeat connect\` has kept for that program. Without any of them the
server is \`http://127.0.0.1:8787\`. A kept key is sent to the server that it was kept for, and to no other. What stands on
a command line others can read in the list of processes: rather pipe a key into \`fleetbeat login\`.

## Output

Standard output holds the answer and nothing else; what is to say about it goes to standard error. With \`--json\` it is the
answer of the API as it is. In a terminal tables fit its width; elsewhere nothing is cut off. \`NO_COLOR\` switches colours
off. Text that agents wrote is printed without anything that a terminal would obey.

## Exit codes

| Code | Means |
| --- | --- |
| 0 | It is done. |
| 1 | It failed, or \`doctor\` found something wrong. |
| 2 | The command line, or what was given with it, is not right. Nothing was done. |
| 3 | There is no such thing. |
| 4 | No key, a wrong key, or one that may not. |
| 5 | The server cannot be reached, or asks to come back later. |
| 6 | What is stored stands against it: the limit is reached, the version has changed, another one was faster. |
| 130 | Ended by Ctrl-C or another signal. |

A failure is told on standard error in words, with what to do about it; with \`--json\` as one line:
\`{"error": {"message": …, "hint": …, "exitCode": …, "kind": …, "problem": …}}\`, where \`problem\` is the server's problem
document, when it has sent one.`;

function section({ path, command }: NamedCommand): string {
  const {
    summary,
    description,
    arguments: words = [],
    options = {},
    examples = [],
    commands,
    defaultCommand,
  } = command;
  const below = Object.keys(commands ?? {}).map((word) => `\`${word}\``);
  const usual = defaultCommand === undefined ? '' : `, \`${defaultCommand}\` when none is named`;
  return [
    `${'#'.repeat(path.length + 2)} fleetbeat ${path.join(' ')}`,
    `${summary}.${description === undefined ? '' : `\n\n${description}`}`,
    ...(commands ? [`One of ${below.join(', ')}${usual}.`] : [`\`\`\`\n${formatUsage(path, command)}\n\`\`\``]),
    ...(words.length + Object.keys(options).length > 0
      ? [
          markdownTable([
            ...words.map((each) => [formatArgument(each), describeArgument(each)] as const),
            ...Object.entries(options).map(optionRow),
          ]),
        ]
      : []),
    ...(examples.length > 0
      ? [`\`\`\`console\n${examples.map(([line, purpose]) => `# ${purpose}\n${line}`).join('\n')}\n\`\`\``]
      : []),
  ].join('\n\n');
}

const optionRow = ([name, option]: [string, Option]): readonly [string, string] => [
  formatOption(name, option),
  describeOption(option),
];

const markdownTable = (all: readonly (readonly [string, string])[]): string =>
  ['| | |', '| --- | --- |', ...all.map(([left, right]) => `| \`${left}\` | ${escapeMarkdown(right)} |`)].join('\n');

const escapeMarkdown = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
