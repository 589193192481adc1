/** The pages and their URLs. */
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso';
import { me, signInError } from './auth.ts';
import { Loading } from './components/loading.tsx';
import { Home } from './pages/home/home.tsx';
import { NotFound } from './pages/not-found.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { Unreachable } from './pages/unreachable.tsx';
import { PAGE_LINK } from './routes.ts';
import { Layout } from './shell/layout.tsx';

const Connect = lazy(() => import('./pages/connect/connect.tsx').then((page) => page.Connect));
const Session = lazy(() => import('./pages/session/session.tsx').then((page) => page.Session));
const Program = lazy(() => import('./pages/program/program.tsx').then((page) => page.Program));
const Tasks = lazy(() => import('./pages/tasks/tasks.tsx').then((page) => page.Tasks));
const Task = lazy(() => import('./pages/tasks/task.tsx').then((page) => page.Task));
const Messages = lazy(() => import('./pages/messages/messages.tsx').then((page) => page.Messages));
const Keys = lazy(() => import('./pages/keys/keys.tsx').then((page) => page.Keys));
const Audit = lazy(() => import('./pages/audit/audit.tsx').then((page) => page.Audit));
const Consent = lazy(() => import('./pages/consent/consent.tsx').then((page) => page.Consent));
const Webhooks = lazy(() => import('./pages/webhooks/webhooks.tsx').then((page) => page.Webhooks));
const Webhook = lazy(() => import('./pages/webhooks/webhook.tsx').then((page) => page.Webhook));
const Settings = lazy(() => import('./pages/settings/settings.tsx').then((page) => page.Settings));

export function App() {
  if (me.value === undefined) return signInError.value == null ? <Loading what="Fleetbeat" /> : <Unreachable />;
  if (me.value === null) return <SignIn />;
  return (
    <LocationProvider scope={PAGE_LINK}>
      <Layout>
        <ErrorBoundary>
          <Router>
            <Route path="/" component={Home} />
            <Route path="/sessions/:sessionId" component={Session} />
            <Route path="/programs/:programId" component={Program} />
            <Route path="/tasks" component={Tasks} />
            <Route path="/tasks/:taskId" component={Task} />
            <Route path="/messages" component={Messages} />
            <Route path="/keys" component={Keys} />
            <Route path="/audit" component={Audit} />
            <Route path="/webhooks" component={Webhooks} />
            <Route path="/webhooks/:webhookId" component={Webhook} />
            <Route path="/connect" component={Connect} />
            <Route path="/consent/:requestId" component={Consent} />
            <Route path="/settings" component={Settings} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </Layout>
    </LocationProvider>
  );
}
