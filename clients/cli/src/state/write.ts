import type { components } from '@fleetbeat/client';
import { defineCommand, type Options } from '../command.ts';
import { readObject } from '../input.ts';
import { counted } from '../text.ts';
import { versionOf } from './version-word.ts';

const GUARD = {
  ifVersion: {
    type: 'number',
    value: 'number',
    whole: true,
    least: 0,
    summary: 'only if this is still the newest version',
  },
} as const satisfies Options;

const guard = (ifVersion: number | undefined) => (ifVersion === undefined ? {} : { version: ifVersion });

export const restore = defineCommand({
  summary: 'Make a new version that is like an earlier one; nothing is lost',
  arguments: [
    { name: 'programId', summary: 'the program' },
    { name: 'version', summary: 'the version to go back to; fleetbeat state history lists them' },
  ],
  options: GUARD,
  examples: [['fleetbeat state restore builder 6', 'Back to version 6, as a new version']],
  run: async (call) => {
    const { programId, version } = call.arguments;
    const fleetbeat = await call.fleetbeat();
    const to = { version: versionOf(version) };
    const written = await fleetbeat.state.restore(programId, to, guard(call.options.ifVersion));
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
  options: GUARD,
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
    const written = await fleetbeat.state.update(programId, body, guard(call.options.ifVersion));
    call.print(
      written,
      () => `${programId} is at version ${written.version}, with ${counted(written.patternsStored, 'pattern')}.`,
    );
  },
});
