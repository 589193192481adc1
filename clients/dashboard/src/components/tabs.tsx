/** The tabs of one page, each with a URL. */
import { useLocation } from 'preact-iso';
import './tabs.css';

interface TabsProps<Name extends string> {
  /** Accessible name of the tab list. */
  readonly label: string;
  readonly tabs: readonly { readonly name: Name; readonly title: string; readonly count?: number | undefined }[];
  readonly current: Name;
}

/** The first tab is shown when the URL has no `view`. */
export function Tabs<Name extends string>({ label, tabs, current }: TabsProps<Name>) {
  const { path } = useLocation();
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ name, title, count }, index) => (
          <li key={name}>
            <a
              href={index === 0 ? path : `${path}?view=${name}`}
              class="tab"
              aria-current={name === current ? 'page' : undefined}
            >
              {title}
              {count !== undefined && count > 0 && <span class="tab-count numeric">{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
