/** A QR code of half blocks: two rows of modules in a line of text. */
import { correction, generate } from 'lean-qr';

const QUIET_ZONE = 2;
/** By the module above and the one below; a light module is drawn, because most terminals are dark. */
const BLOCKS = { '00': '█', '01': '▀', '10': '▄', '11': ' ' } as const;

/** Black on white where the terminal has colours of its own, so that a light theme is read too. */
export function formatQrCode(text: string): string {
  const code = generate(text, { minCorrectionLevel: correction.L });
  const from = -QUIET_ZONE;
  const to = code.size + QUIET_ZONE;
  const bit = (x: number, y: number) => (code.get(x, y) ? '1' : '0');
  const lines: string[] = [];
  for (let y = from; y < to; y += 2) {
    let line = '';
    for (let x = from; x < to; x += 1) line += BLOCKS[`${bit(x, y)}${bit(x, y + 1)}`];
    lines.push(`\u001b[97;40m${line}\u001b[0m`);
  }
  return lines.join('\n');
}
