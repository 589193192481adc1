import type { components } from '@fleetbeat/client';
import { defineCommand } from '../command.ts';
import type { Options } from '../command-line.ts';
import { readObject } from '../input.ts';
import { SESSION_OPTION, toSessionField } from '../session-option.ts';
import { pluralize } from '../text.ts';
import { parseVersion } from './parse-version.ts';

const VERSION_OPTIONS = {
  ifVersion: {
    type: 'number',
    value: 'number',
    integer: true,
    min: 0,
    summary: 'only if this is still the newest version',
  },
} as const satisfies Options;

const toWriteOptions = (ifVersion: number | undefined) => (ifVersion === undefined ? {} : { version: ifVersion });

export const restore = defineCommand({
  summary: 'Make a new version that is like an earlier one; nothing is lost',
  arguments: [
    { name: 'programId', summary: 'the program' },
    { name: 'version', summary: 'the version to go back to; fleetbeat state history lists them' },
  ],
  options: { ...VERSION_OPTIONS, ...SESSION_OPTION },
  examples: [['fleetbeat state restore builder 6', 'Back to version 6, as a new version']],
  run: async (call) => {
    const { programId, version } = call.arguments;
    const fleetbeat = await call.fleetbeat();
    const to = { version: parseVersion(version), ...toSessionField(call.options.session) };
    const written = await fleetbeat.state.restore(programId, to, toWriteOptions(call.options.ifVersion));
    call.print(written, () => `Version ${written.version} of ${programId} is like version ${version}.`);
  },
});

export const update = defineCommand({
  summary: 'Merge into what a program remembers; only a key of the program may',
  description: 'The fields are those of the API: contextSummary, learnedPatterns, config, baselines, decay.',
  arguments: [
    { name: 'programId', summary: 'the program' },
    { name: 'file', optional: true, summary: 'a file with a JSON object; standard input unless told' },
  ],
  options: { ...VERSION_OPTIONS, ...SESSION_OPTION },
  examples: [
    [
      `echo '{"contextSummary": {"handoffNotes": "PR 45 is in review"}}' | fleetbeat state update builder`,
      'What is not sent stays as it is',
    ],
  ],
  run: async (call) => {
    const { programId, file = '-' } = call.arguments;
    const body = await readObject<components['schemas']['ProgramStateUpdate']>(
      call,
      file,
      'a JSON object with what to merge',
    );
    const fleetbeat = await call.fleetbeat();
    const written = await fleetbeat.state.update(
      programId,
      { ...body, ...toSessionField(call.options.session) },
      toWriteOptions(call.options.ifVersion),
    );
    call.print(
      written,
      () => `${programId} is at version ${written.version}, with ${pluralize(written.patternsStored, 'pattern')}.`,
    );
  },
});
