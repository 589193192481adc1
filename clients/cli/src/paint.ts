/** Colours, by what they mean. Node's own rules say when there are none: no terminal, `NO_COLOR`, `TERM=dumb`. */
import { styleText } from 'node:util';

type Style = (text: string) => string;

export interface Paint {
  readonly good: Style;
  readonly bad: Style;
  readonly warn: Style;
  readonly dim: Style;
  readonly strong: Style;
  /** The line under the cursor. Inverse is no colour: it is there without colours too. */
  readonly marked: Style;
}

const plain: Style = (text) => text;
const style =
  (format: Parameters<typeof styleText>[0]): Style =>
  (text) =>
    styleText(format, text, { validateStream: false });

export const PLAIN: Paint = {
  good: plain,
  bad: plain,
  warn: plain,
  dim: plain,
  strong: plain,
  marked: style('inverse'),
};
const COLOURED: Paint = {
  good: style('green'),
  bad: style('red'),
  warn: style('yellow'),
  dim: style('dim'),
  strong: style('bold'),
  marked: style('inverse'),
};

/** `FORCE_COLOR` wins over a stream that is no terminal, as everywhere in Node. */
export function paintFor(stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): Paint {
  if (environment['NO_COLOR']) return PLAIN;
  if (environment['FORCE_COLOR'] && environment['FORCE_COLOR'] !== '0') return COLOURED;
  return stream.isTTY && stream.hasColors(environment) ? COLOURED : PLAIN;
}
