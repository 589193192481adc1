/** Preloaded into a server under test: it asks the name server of TEST_NAME_SERVER, and collects its garbage on SIGUSR2. */
import dns from 'node:dns';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

dns.setServers([process.env.TEST_NAME_SERVER]);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
process.on('SIGUSR2', () => collectGarbage());
