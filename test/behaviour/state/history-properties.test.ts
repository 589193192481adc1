import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer({ stopClock: true });

type Client = TestServer['admin'];
type Step = (client: Client, programId: string) => Promise<unknown>;

const ids = fc.constantFrom('p-1', 'p-2', 'p-3', 'p-4');
const text = fc.string({ maxLength: 8, unit: 'grapheme' }).filter((each) => !each.includes('\0'));
/** Integers beyond 2^53 are refused. */
const hasExactNumbers = (value: unknown): boolean =>
  typeof value === 'number'
    ? !Number.isInteger(value) || Number.isSafeInteger(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(hasExactNumbers);
const json = fc
  .jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
  .filter((each) => !JSON.stringify(each).includes('\\u0000') && hasExactNumbers(each));
const settings = fc.dictionary(text, json, { maxKeys: 4 });
const patterns = fc.uniqueArray(
  fc.record({
    id: ids,
    domain: fc.constant('d'),
    pattern: fc.constant('p'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
);
const update = fc.record(
  {
    sessionId: ids,
    contextSummary: fc.record(
      { lastTask: fc.option(text), openQuestions: fc.option(fc.array(text, { maxLength: 3 })) },
      { requiredKeys: [] },
    ),
    config: fc.record({ customSettings: fc.option(settings), toolPreferences: settings }, { requiredKeys: [] }),
    baselines: fc.record(
      { avgTaskDurationMinutes: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })) },
      { requiredKeys: [] },
    ),
    decay: fc.record({ learnedPatternMaxAge: fc.option(fc.integer({ min: 1, max: 365 })) }, { requiredKeys: [] }),
    learnedPatterns: patterns,
  },
  { requiredKeys: ['config'] },
);
const onPattern = (act: (client: Client, programId: string, id: string) => Promise<unknown>) =>
  ids.map(
    (id): Step =>
      (client, programId) =>
        act(client, programId, id).catch(ignoreMissing),
  );
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: update.map(
      (body): Step =>
        (client, programId) =>
          client.state.update(programId, body as never),
    ),
  },
  onPattern((client, programId, id) => client.patterns.reinforce(programId, id)),
  onPattern((client, programId, id) => client.patterns.promote(programId, id)),
  onPattern((client, programId, id) => client.patterns.setStatus(programId, id, { status: 'refuted' })),
  onPattern((client, programId, id) => client.patterns.remove(programId, id)),
  fc.integer({ min: 1, max: 12 }).map(
    (version): Step =>
      (client, programId) =>
        client.state.restore(programId, { version }).catch(ignoreMissing),
  ),
);

/** A pattern or version that is not there is no write, and no failure of this test. */
const ignoreMissing = (error: { status: number }) => {
  if (error.status !== 404) throw error;
};

/** What a restore brings back: all but whose write it was and when. */
const content = ({
  version: _v,
  sessionId: _s,
  updatedAt: _u,
  ...rest
}: Awaited<ReturnType<Client['state']['read']>>) => rest;

test('whatever was written, every version reads back as it was seen, differs from no twin, and can be restored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), fc.nat(), async (steps, pick) => {
      const { programId, client } = await server.createProgram();
      const seen: Awaited<ReturnType<Client['state']['read']>>[] = [];
      for (const each of steps) {
        server.clock.advance(60_000);
        await each(client, programId);
        const state = await client.state.read(programId);
        if (state.version > seen.length) seen.push(state);
      }
      for (const state of seen) expect(await client.state.readVersion(programId, state.version)).toEqual(state);
      if (seen.length === 0) return;
      const chosen = seen[pick % seen.length] as (typeof seen)[number];
      const { version } = await client.state.restore(programId, { version: chosen.version });
      expect(version).toBe(seen.length + 1);
      expect(content(await client.state.read(programId))).toEqual(content(chosen));
      expect((await client.state.diff(programId, chosen.version, version)).changes).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
