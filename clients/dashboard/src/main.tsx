/** Starts the application. */
// First, so that the styles of a page come after those that it builds on.
import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { startLive } from './live/start.ts';
import { startNotifying } from './notify/watch.ts';
import { resume } from './session.ts';
import { registerWorker } from './shell/worker.ts';

const root = document.getElementById('app');
if (root) render(<App />, root);
startLive();
startNotifying();
void resume();
registerWorker();
