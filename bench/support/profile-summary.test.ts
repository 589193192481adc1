import { expect, test } from 'vitest';
import { summarizeProfile } from './profile-summary.ts';

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 0 });
const profile = {
  startTime: 1_000,
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 4, 5, 6] },
    { id: 2, callFrame: frame('update', 'file:///x/dist/server/sessions/service.js'), children: [3] },
    { id: 3, callFrame: frame('query', 'file:///x/node_modules/mysql2/lib/a.js') },
    { id: 4, callFrame: frame('(idle)') },
    { id: 5, callFrame: frame('parse', 'file:///x/node_modules/@scope/p/b.js'), children: [] },
    { id: 6, callFrame: frame('emit', 'node:events') },
  ],
  samples: [5, 2, 3, 4, 5, 6, 3],
  timeDeltas: [100, 100, 200, 5_000, 50, 50, 100],
};

test('time counts between the two moments, and idle time does not', () => {
  const { packages, attributed } = summarizeProfile(profile, 1_150, 6_550, 10);
  expect(packages).toEqual([
    { name: 'mysql2', percent: 50 },
    { name: 'server/sessions', percent: 25 },
    { name: '@scope/p', percent: 12.5 },
    { name: 'node', percent: 12.5 },
  ]);
  expect(attributed[0]).toEqual({ name: 'server/sessions/service', percent: 75 });
});

test('functions are named with file and line', () => {
  expect(summarizeProfile(profile, 0, 9_999, 1).functions).toEqual([
    { name: 'query · mysql2/lib/a.js:1', percent: 50 },
  ]);
});
