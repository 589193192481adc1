#!/usr/bin/env node
// Here and not in dist/, so that npm links it before the first build. An agent waits for its hooks: they load no more than
// they need.
const [, , command, event] = process.argv;
const isHook = command === 'hook' && event !== undefined && event !== 'flush' && !event.startsWith('-');
await import(isHook ? '../dist/hook.js' : '../dist/main.js');
