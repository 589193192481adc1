/** The terminal as a screen of its own: what stood there comes back at the end, however that comes. */
import { emitKeypressEvents } from 'node:readline';
import type { Call } from '../call.ts';
import type { Key } from './keys.ts';

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
/** Shown all at once by terminals that know how; the others ignore it. */
const BEGIN_SYNC = '\x1b[?2026h';
const END_SYNC = '\x1b[?2026l';

export interface Screen {
  draw(lines: readonly string[]): void;
  readonly width: number;
  readonly height: number;
  /** Gives the terminal back. */
  close(): void;
}

interface ScreenHandlers {
  readonly key: (key: Key) => void;
  readonly resize: () => void;
}

export function openScreen({ stdin, stdout }: Pick<Call, 'stdin' | 'stdout'>, handlers: ScreenHandlers): Screen {
  const enter = () => {
    if (stdin.isTTY) stdin.setRawMode(true).resume();
    stdout.write(ENTER);
  };
  const leave = () => {
    stdout.write(LEAVE);
    if (stdin.isTTY) stdin.setRawMode(false).pause();
  };
  const onKeypress = (text: string | undefined, { name = '', ctrl }: { name?: string; ctrl?: boolean }) => {
    if (ctrl && name === 'c') handlers.key({ name: 'quit', text: '' });
    else if (ctrl && name === 'z') suspend();
    else handlers.key({ name, text: ctrl ? '' : (text ?? '') });
  };
  const suspend = () => {
    leave();
    process.once('SIGCONT', () => {
      enter();
      handlers.resize();
    });
    process.kill(process.pid, 'SIGTSTP');
  };
  if (stdin.isTTY) {
    emitKeypressEvents(stdin);
    stdin.on('keypress', onKeypress);
  }
  stdout.on('resize', handlers.resize);
  process.once('exit', leave);
  enter();
  return {
    draw: (lines) =>
      void stdout.write(`${BEGIN_SYNC}\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J${END_SYNC}`),
    get width() {
      return stdout.columns ?? 80;
    },
    get height() {
      return stdout.rows ?? 24;
    },
    close() {
      process.off('exit', leave);
      stdin.off('keypress', onKeypress);
      stdout.off('resize', handlers.resize);
      leave();
    },
  };
}
