// Loaded into a server before anything else (`--import`): its time of day is ahead by the milliseconds in a file, which
// is read at the start and at each SIGUSR2. Its monotonic clock is not touched, as when a person sets the clock.
import { readFileSync } from 'node:fs';

const RealDate = Date;
let aheadMs = 0;
const read = () => {
  aheadMs = Number(readFileSync(process.env.TEST_CLOCK_FILE, 'utf8'));
};
read();
process.on('SIGUSR2', read);

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length > 0) super(...parts);
    else super(RealDate.now() + aheadMs);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
