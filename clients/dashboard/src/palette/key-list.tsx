/** The keys that the dashboard knows. */
import { Dialog } from '../components/dialog.tsx';

const KEYS: readonly (readonly [title: string, keys: readonly (readonly [keys: readonly string[], does: string])[]])[] =
  [
    [
      'Everywhere',
      [
        [['Ctrl K', '⌘ K'], 'Go to a program, session, task or page, or do something'],
        [['/'], 'Search this page'],
        [['?'], 'Show the keys'],
        [['Esc'], 'Close what is open'],
      ],
    ],
    [
      'In the inbox',
      [
        [['j', 'k'], 'Next and previous line'],
        [['Enter'], 'Open the line'],
        [['r'], 'Reply'],
        [['1', '8'], 'Choose an option of the question'],
        [['x'], 'Select'],
        [['s'], 'Snooze'],
        [['e'], 'Done'],
      ],
    ],
  ];

export const KeyList = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    {KEYS.map(([title, keys]) => (
      <section key={title}>
        <h3>{title}</h3>
        <dl class="key-list">
          {keys.map(([names, does]) => (
            <div key={does}>
              <dt>
                {names.map((name, index) => (
                  <span key={name}>
                    {index > 0 && ' '}
                    <kbd>{name}</kbd>
                  </span>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </Dialog>
);
