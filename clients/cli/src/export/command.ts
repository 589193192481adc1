import { writeFile } from 'node:fs/promises';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { requireProgramId } from '../programs/require-program.ts';
import { pluralize } from '../text.ts';

export const command = defineCommand({
  summary: 'Write the whole state of a program as one document',
  arguments: [{ name: 'programId', optional: true, summary: 'the program; else that of the key' }],
  options: {
    output: { type: 'text', value: 'file', short: 'o', summary: 'a new file of mode 600; standard output unless told' },
  },
  examples: [
    ['fleetbeat export builder -o builder.json', 'A backup of what builder remembers'],
    [
      'fleetbeat export builder | fleetbeat import --program reviewer --url https://other.example -',
      'To another server',
    ],
  ],
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const document = await fleetbeat.state.export(await requireProgramId(fleetbeat, call.arguments.programId));
    const text = JSON.stringify(document, null, 2);
    const { output } = call.options;
    if (output === undefined) return call.print(document, () => text);
    await writeFile(output, `${text}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EEXIST' ? 'there is a file of that name' : error.message;
      throw new Failure(`${output} cannot be written: ${reason}`, EXIT.usage);
    });
    const patterns = pluralize(document.learnedPatterns.length, 'pattern');
    call.print(
      { file: output, programId: document.programId },
      () => `${output} holds the state of ${document.programId}: ${patterns}.`,
    );
  },
});
