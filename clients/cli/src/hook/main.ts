/** The bundle that agents wait for. */
import { main } from './entry.ts';

await main();
