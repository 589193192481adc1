import type { components } from '@fleetbeat/client';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { readObject } from '../input.ts';
import { pluralize } from '../text.ts';

export const command = defineCommand({
  summary: 'Read the state of a program from a document of fleetbeat export',
  arguments: [{ name: 'file', optional: true, summary: 'the document; standard input unless told' }],
  options: {
    program: {
      type: 'text',
      value: 'program',
      short: 'p',
      summary: 'into this program; else the one that the document names',
    },
    mode: {
      type: 'text',
      value: 'mode',
      choices: ['merge', 'skip', 'overwrite'],
      summary: 'what to do with what is there: merge unless told',
    },
    ifVersion: {
      type: 'number',
      value: 'number',
      integer: true,
      min: 0,
      summary: 'only if this is still the newest version',
    },
  },
  examples: [['fleetbeat import builder.json --mode overwrite', 'As it was; the state before stays in the history']],
  run: async (call) => {
    const { program, ifVersion, ...importOptions } = call.options;
    const file = call.arguments.file ?? '-';
    const document = await readObject<components['schemas']['StateDocument']>(
      call,
      file,
      'a document of fleetbeat export',
    );
    const programId = program ?? document.programId;
    if (typeof programId !== 'string')
      throw new Failure(`${file} is no document of fleetbeat export: it names no programId`, EXIT.usage);
    const written = await (await call.fleetbeat()).state.import(
      programId,
      { document, ...importOptions },
      ifVersion === undefined ? {} : { version: ifVersion },
    );
    const patterns = pluralize(written.patternsStored, 'pattern');
    call.print(written, () => `${programId} is at version ${written.version}, with ${patterns}.`);
  },
});
