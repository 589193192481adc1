/** One run of the program: find the command, read its command line, do it, and tell how it ended. */
import { createCall } from './call.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { findCommand } from './find-command.ts';
import { parse } from './parse.ts';

/** Resolves with the exit code; never rejects. */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  let url = environment['FLEETBEAT_URL'] ?? '';
  try {
    if (args[0] === 'help') return await run([...args.slice(1), '--help'], environment);
    const { path, command, rest } = await findCommand(args);
    const parsed = parse(command?.run ? command : { summary: '' }, rest);
    if (parsed.globals.version) {
      process.stdout.write(`${(await import('./version.ts')).VERSION}\n`);
      return EXIT.ok;
    }
    if (parsed.globals.help || !command?.run) {
      const { formatHelp, formatProgramHelp } = await import('./help.ts');
      const text = command ? formatHelp(path, command) : await formatProgramHelp();
      const isAsked = parsed.globals.help === true || command === null;
      (isAsked ? process.stdout : process.stderr).write(`${text}\n`);
      return isAsked ? EXIT.ok : EXIT.usage;
    }
    const call = createCall(parsed, environment, (used) => {
      url = used;
    });
    return (await command.run(call)) ?? EXIT.ok;
  } catch (error) {
    const { toFailure, formatFailure } = await import('./failure-text.ts');
    const failure = toFailure(error, url);
    process.stderr.write(`${formatFailure(failure, args.includes('--json'))}\n`);
    return failure.exitCode;
  }
}
