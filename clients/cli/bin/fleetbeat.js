#!/usr/bin/env node
// Here and not in dist/, so that npm links it before the first build. An agent waits for its hooks: they load no more than
// they need, and CommonJS, since Node's loader of ES modules takes a tenth of their time.
const [, , command, event] = process.argv;
if (command === 'hook' && event !== undefined && event !== 'flush' && !event.startsWith('-'))
  require('../dist/hook.cjs');
else void import('../dist/main.js');
