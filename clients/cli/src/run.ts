/** One run of the program: find the command, read its command line, do it, and tell how it ended. */
import { callOf } from './call.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { findCommand } from './find.ts';
import { parse } from './parse.ts';

/** Resolves with the exit code; never rejects. */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  let url = environment['FLEETBEAT_URL'] ?? '';
  try {
    if (args[0] === 'help') return await run([...args.slice(1), '--help'], environment);
    const { path, command, rest } = await findCommand(args);
    const { arguments: words, options } = parse(command?.run ? command : { summary: '' }, rest);
    if (options['version']) return await print((await import('./version.ts')).VERSION);
    if (options['help'] || !command?.run) {
      const { helpOf, helpOfAll } = await import('./help.ts');
      return await print(command ? helpOf(path, command) : await helpOfAll());
    }
    const call = callOf(words, options, environment, (used) => {
      url = used;
    });
    return (await command.run(call)) ?? EXIT.ok;
  } catch (error) {
    const { asFailure, failureText } = await import('./failure-text.ts');
    const failure = asFailure(error, url);
    process.stderr.write(`${failureText(failure, args.includes('--json'))}\n`);
    return failure.exitCode;
  }
}

async function print(text: string): Promise<ExitCode> {
  process.stdout.write(`${text}\n`);
  return EXIT.ok;
}
