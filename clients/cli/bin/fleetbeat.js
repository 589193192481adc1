#!/usr/bin/env node
// Here and not in dist/, so that npm links it before the first build.
import '../dist/main.js';
