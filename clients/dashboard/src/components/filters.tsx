/** The filters above a list. Their values are in the URL. */
import type { ComponentChildren } from 'preact';
import './filters.css';

export const Filters = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  // biome-ignore lint/a11y/useSemanticElements: <search> is not known to all browsers that are served
  <div role="search" class="filters" aria-label={label}>
    {children}
  </div>
);
