#!/usr/bin/env node
/** The bridge as a command, configured by FLEETBEAT_URL and FLEETBEAT_KEY. */
import { runBridge } from './bridge.ts';

const { FLEETBEAT_URL: url = 'http://127.0.0.1:8787', FLEETBEAT_KEY: key = '' } = process.env;

if (key === '' || !URL.canParse(url)) {
  process.stderr.write('Set FLEETBEAT_KEY to a key, and FLEETBEAT_URL to the address of the server.\n');
  process.exitCode = 2;
} else {
  await runBridge({ url, key });
}
