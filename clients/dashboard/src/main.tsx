/** Starts the application. */
// First, so that a page's styles come after the base styles that they override.
import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { restoreSignIn } from './auth.ts';
import { startLiveUpdates } from './live/start-live-updates.ts';
import { startNotifications } from './notify/notifications.ts';
import { startAttentionBadge } from './shell/attention-badge.ts';
import { registerServiceWorker } from './shell/register-service-worker.ts';

const root = document.getElementById('app');
if (root) render(<App />, root);
startLiveUpdates();
startNotifications();
startAttentionBadge();
void restoreSignIn();
registerServiceWorker();
