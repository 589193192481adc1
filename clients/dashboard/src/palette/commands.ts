/** What the palette offers, and what matches the words that were typed. Pure. */
import type { IconName } from '../components/icon.tsx';

export interface Command {
  /** Unique. */
  readonly id: string;
  readonly group: 'Act' | 'Pages' | 'Programs' | 'Sessions' | 'Tasks';
  readonly title: string;
  /** More words that are searched and shown. */
  readonly detail?: string;
  readonly icon: IconName;
  /** The page to open, or what to do. */
  readonly run: string | (() => Promise<unknown>);
}

/** More are not shown: another word finds them sooner than the eye. */
const MAX_SHOWN = 40;

const splitWords = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** 0 where all words begin words of the title, 1 where they are in it, 2 where the detail is needed; null for no match. */
function rank(command: Command, words: readonly string[]): number | null {
  const title = command.title.toLowerCase();
  const starts = title.split(/[\s/._:-]+/);
  if (words.every((word) => starts.some((each) => each.startsWith(word)))) return 0;
  if (words.every((word) => title.includes(word))) return 1;
  const all = `${title} ${command.detail?.toLowerCase() ?? ''}`;
  return words.every((word) => all.includes(word)) ? 2 : null;
}

/** Of groups that match alike, going somewhere comes before doing something. */
const GROUPS: readonly Command['group'][] = ['Programs', 'Sessions', 'Tasks', 'Pages', 'Act'];

/** The commands that match, best first and those of one group together. Without words: what nobody has to type. */
export function selectCommands(commands: readonly Command[], text: string): Command[] {
  const words = splitWords(text);
  if (words.length === 0)
    return commands.filter(({ group }) => group === 'Pages' || group === 'Programs').slice(0, MAX_SHOWN);
  const found = commands.flatMap((command) => {
    const rankOfCommand = rank(command, words);
    return rankOfCommand === null ? [] : [{ command, rank: rankOfCommand }];
  });
  const shown = found.toSorted((a, b) => a.rank - b.rank).slice(0, MAX_SHOWN);
  const bestRank = (group: Command['group']) =>
    Math.min(...shown.filter(({ command }) => command.group === group).map((each) => each.rank));
  return GROUPS.toSorted((a, b) => bestRank(a) - bestRank(b)).flatMap((group) =>
    shown.filter(({ command }) => command.group === group).map(({ command }) => command),
  );
}
