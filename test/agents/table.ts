/** The table of promises and agents, as it stands in docs/connect-an-agent.md. */
export interface Outcome {
  readonly result: 'holds' | 'fails' | 'cannot';
  /** What was seen in place of what was promised, or why it cannot be had. */
  readonly seen?: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'claude-code': '@anthropic-ai/claude-code',
  codex: '@openai/codex',
  gemini: '@google/gemini-cli',
  opencode: 'opencode-linux-x64',
};

export function formatTable(
  promises: readonly string[],
  outcomes: Readonly<Record<string, readonly Outcome[]>>,
  versions: Readonly<Record<string, string>>,
): string {
  const agents = Object.keys(outcomes);
  const notes: string[] = [];
  const toCell = (outcome: Outcome | undefined): string => {
    if (outcome?.result === 'holds') return 'yes';
    if (outcome?.result !== 'cannot') return '**no**';
    const noteIndex = notes.indexOf(outcome.seen ?? '');
    if (noteIndex < 0) notes.push(outcome.seen ?? '');
    return `– (${noteIndex < 0 ? notes.length : noteIndex + 1})`;
  };
  const rows = promises.map((promise, index) => [promise, ...agents.map((agent) => toCell(outcomes[agent]?.[index]))]);
  const head = ['Promise', ...agents.map((agent) => `${agent} ${versions[PACKAGES[agent] ?? ''] ?? ''}`)];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const explained = notes.map((remark, index) => `${index + 1}. ${remark}.`);
  return [...lines, ...(notes.length > 0 ? ['', ...explained] : []), ''].join('\n');
}
