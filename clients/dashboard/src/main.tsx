/** Starts the application. */
import { render } from 'preact';
import { App } from './app.tsx';
import { startLive } from './live/start.ts';
import { startNotifying } from './notify/watch.ts';
import { resume } from './session.ts';
import { registerWorker } from './shell/worker.ts';
import './styles/index.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
startLive();
startNotifying();
void resume();
registerWorker();
