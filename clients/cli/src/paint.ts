/** Colours, by what they mean. Node's own rules say when there are none: no terminal, `NO_COLOR`, `TERM=dumb`. */
import { styleText } from 'node:util';

type Style = (text: string) => string;

export interface Paint {
  readonly good: Style;
  readonly bad: Style;
  readonly warn: Style;
  readonly dim: Style;
  readonly strong: Style;
}

const plain: Style = (text) => text;
const style =
  (format: Parameters<typeof styleText>[0]): Style =>
  (text) =>
    styleText(format, text, { validateStream: false });

const PLAIN: Paint = { good: plain, bad: plain, warn: plain, dim: plain, strong: plain };
const COLOURED: Paint = {
  good: style('green'),
  bad: style('red'),
  warn: style('yellow'),
  dim: style('dim'),
  strong: style('bold'),
};

/** `FORCE_COLOR` wins over a stream that is no terminal, as everywhere in Node. */
export function paintFor(stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): Paint {
  if (environment['NO_COLOR']) return PLAIN;
  if (environment['FORCE_COLOR'] && environment['FORCE_COLOR'] !== '0') return COLOURED;
  return stream.isTTY && stream.hasColors(environment) ? COLOURED : PLAIN;
}
