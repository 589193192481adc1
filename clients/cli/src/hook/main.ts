/** The entry of the hook bundle, which is small because agents wait for it. */
import { main } from './entry.ts';

void main();
