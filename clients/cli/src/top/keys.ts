/** What the keys of `top` do to what is shown. Pure; what reaches the server is an effect that the caller carries out. */
import type { Session } from '../session-state.ts';
import type { Question } from './question.ts';
import { SORT_ORDERS, type SortOrder } from './rows.ts';

export interface Key {
  /** As Node's readline names it; Ctrl-C is `quit`. */
  readonly name: string;
  /** What it types, if it does. */
  readonly text: string;
}

export type Mode = 'list' | 'detail' | 'answer' | 'filter' | 'keys';

export interface TopState {
  readonly mode: Mode;
  /** The session that the cursor is on; null before the first key. */
  readonly current: string | null;
  readonly withComplete: boolean;
  readonly filter: string;
  readonly sort: SortOrder;
  /** Whether the picture stands still. */
  readonly paused: boolean;
  /** What is being typed as an answer. */
  readonly input: string;
  /** What became of the last answer. */
  readonly notice: string;
}

export const INITIAL_STATE: TopState = {
  mode: 'list',
  current: null,
  withComplete: false,
  filter: '',
  sort: 'need',
  paused: false,
  input: '',
  notice: '',
};

export type Effect =
  | { readonly kind: 'quit' }
  /** The open question of the session is to be read. */
  | { readonly kind: 'ask'; readonly session: Session }
  | { readonly kind: 'send'; readonly session: Session; readonly option?: string; readonly text?: string };

interface Sight {
  /** The rows in order. */
  readonly rows: readonly Session[];
  readonly pageSize: number;
  /** The open question of the current session, once it was read. */
  readonly question: Question | null;
}

type Step = readonly [TopState, ...Effect[]];

export function applyKey(state: TopState, key: Key, sight: Sight): Step {
  if (key.name === 'quit') return [state, { kind: 'quit' }];
  if (state.mode === 'filter') return typeFilter(state, key);
  if (state.mode === 'answer') return typeAnswer(state, key, sight);
  if (state.mode === 'keys') return [{ ...state, mode: 'list' }];
  return command({ ...state, notice: '' }, key, sight);
}

const getCurrent = ({ current }: TopState, { rows }: Sight): Session | undefined =>
  rows.find(({ sessionId }) => sessionId === current) ?? rows[0];

function command(state: TopState, { name, text }: Key, sight: Sight): Step {
  const { rows, pageSize } = sight;
  const session = getCurrent(state, sight);
  const index = session ? rows.indexOf(session) : 0;
  const move = (to: number): Step => {
    const found = rows[Math.min(rows.length - 1, Math.max(0, to))];
    return [{ ...state, current: found?.sessionId ?? null }, ...askIf(state.mode === 'detail', found)];
  };
  if (name === 'q') return [state, { kind: 'quit' }];
  if (name === 'escape') return [{ ...state, mode: 'list', filter: state.mode === 'list' ? '' : state.filter }];
  if (name === 'up' || name === 'k') return move(index - 1);
  if (name === 'down' || name === 'j') return move(state.current === null ? 0 : index + 1);
  if (name === 'pageup') return move(index - pageSize);
  if (name === 'pagedown' || name === 'space') return move(index + pageSize);
  if (name === 'home') return move(0);
  if (name === 'end') return move(rows.length - 1);
  if (name === 'return' || name === 'enter') {
    if (state.mode === 'detail') return [{ ...state, mode: 'list' }];
    return [{ ...state, mode: 'detail', current: session?.sessionId ?? null }, ...askIf(true, session)];
  }
  if (name === 'a' && session) {
    return [
      { ...state, mode: 'answer', input: '', current: session.sessionId },
      { kind: 'ask', session },
    ];
  }
  if (name === 'c') return [{ ...state, withComplete: !state.withComplete }];
  if (name === 'p') return [{ ...state, paused: !state.paused }];
  if (name === 's') {
    const next = SORT_ORDERS[(SORT_ORDERS.indexOf(state.sort) + 1) % SORT_ORDERS.length] ?? 'need';
    return [{ ...state, sort: next }];
  }
  if (text === '/') return [{ ...state, mode: 'filter' }];
  if (text === '?') return [{ ...state, mode: 'keys' }];
  return [state];
}

const askIf = (wanted: boolean, session: Session | undefined): Effect[] =>
  wanted && session ? [{ kind: 'ask', session }] : [];

function typeFilter(state: TopState, key: Key): Step {
  if (key.name === 'escape') return [{ ...state, mode: 'list', filter: '' }];
  if (key.name === 'return' || key.name === 'enter') return [{ ...state, mode: 'list' }];
  return [{ ...state, filter: type(state.filter, key), current: null }];
}

/** A digit chooses an option while nothing is typed; Enter sends what is. */
function typeAnswer(state: TopState, key: Key, sight: Sight): Step {
  const session = getCurrent(state, sight);
  const done = { ...state, mode: 'list', input: '' } as const;
  if (key.name === 'escape' || !session) return [done];
  const option = state.input === '' ? sight.question?.options[Number(key.text) - 1] : undefined;
  if (option !== undefined) return [done, { kind: 'send', session, option }];
  if (key.name !== 'return' && key.name !== 'enter') return [{ ...state, input: type(state.input, key) }];
  const text = state.input.trim();
  return text === '' ? [state] : [done, { kind: 'send', session, text }];
}

function type(before: string, { name, text }: Key): string {
  if (name === 'backspace') return [...before].slice(0, -1).join('');
  return /^[^\p{Cc}]+$/u.test(text) ? before + text : before;
}
