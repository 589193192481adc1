/** The command palette and the list of keys: nothing of them is loaded before one is opened. */
import { useEffect, useState } from 'preact/hooks';
import { listenForShortcuts, overlay } from './shortcuts.ts';

type Overlays = typeof import('../palette/palette.tsx');

export function OverlayHost() {
  const [loaded, setLoaded] = useState<Overlays | null>(null);
  const wanted = overlay.value;
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    if (wanted === null || loaded) return;
    // Without the network there is nothing to open; the next try loads it again.
    import('../palette/palette.tsx').then(setLoaded, () => {
      overlay.value = null;
    });
  }, [wanted, loaded]);
  if (wanted === null || !loaded) return null;
  const close = () => {
    overlay.value = null;
  };
  return wanted === 'palette' ? <loaded.Palette onClose={close} /> : <loaded.KeyList onClose={close} />;
}
