import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit.ts';
import { manyLines, oneLine, padTo } from '../text.ts';
import { checkAgents } from './agents.ts';
import type { Finding } from './finding.ts';
import { checkMachine } from './machine.ts';

export const command = defineCommand({
  summary: 'Find out what is wrong, and tell the command that mends it',
  description: 'Ends with 1 when something is wrong, with 0 when all is well or only worth a warning.',
  examples: [['fleetbeat doctor --json | jq \'.findings[] | select(.result == "wrong")\'', 'Only what is wrong']],
  run: async (call) => {
    const [{ checkServer }, { checkProgramKeys }] = await Promise.all([
      import('./server.ts'),
      import('./program-keys.ts'),
    ]);
    const server = await checkServer(call);
    const findings = [...checkMachine(call), ...server, ...checkAgents(call), ...(await checkProgramKeys(call))];
    const wrong = findings.filter(({ result }) => result === 'wrong').length;
    call.print({ healthy: wrong === 0, findings }, () => formatFindings(findings, call));
    return wrong === 0 ? EXIT.ok : EXIT.failed;
  },
});

const MARKS = { good: '✓', warning: '!', wrong: '✗', unknown: '·' } as const;

function formatFindings(findings: readonly Finding[], { paint }: Pick<Call, 'paint'>): string {
  const colours = { good: paint.good, warning: paint.warn, wrong: paint.bad, unknown: paint.dim };
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, result, says, mend }) => [
    `${colours[result](MARKS[result])} ${padTo(check, width)}  ${oneLine(says)}`,
    ...(mend === undefined
      ? []
      : manyLines(mend)
          .split('\n')
          .map((line) => `  ${padTo('', width)}  ${paint.strong(`→ ${line}`)}`)),
  ]);
  const count = (result: Finding['result']) => findings.filter((each) => each.result === result).length;
  const warnings = count('warning');
  const verdict =
    count('wrong') > 0
      ? paint.bad(`${count('wrong')} wrong${warnings > 0 ? `, ${warnings} to look at` : ''}.`)
      : paint.good(warnings > 0 ? `Nothing is wrong, ${warnings} to look at.` : 'All is well.');
  return [...lines, '', verdict].join('\n');
}
