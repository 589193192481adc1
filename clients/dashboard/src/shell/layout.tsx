/** The layout around every page. */
import type { ComponentChildren } from 'preact';
import { ConnectionBanner } from './connection-banner.tsx';
import { Identity } from './identity.tsx';
import { Navigation } from './navigation.tsx';
import { OverlayHost } from './overlay.tsx';
import { SendStatus } from './send-status.tsx';
import { Wordmark } from './wordmark.tsx';

export const Layout = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="layout">
    <a class="skip" href="#main">
      Skip to the content
    </a>
    <header class="side">
      <a class="home" href="/" aria-label="Fleetbeat, to the fleet">
        <Wordmark />
      </a>
      <Navigation />
      <Identity />
    </header>
    <div class="stage">
      <ConnectionBanner />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <SendStatus />
    </div>
    <OverlayHost />
  </div>
);
