/** The command palette: goes to what is typed, or does it. A combobox by the ARIA Authoring Practices. */
import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { fleetbeat } from '../auth.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon } from '../components/icon.tsx';
import { Problem } from '../components/problem.tsx';
import { useMutation } from '../live/use-mutation.ts';
import { useServerQuery } from '../live/use-server-query.ts';
import { type Command, selectCommands } from './commands.ts';
import { listCommands } from './list-commands.ts';
import './palette.css';

export { KeyList } from './key-list.tsx';

const MAX_TASKS = 50;
/** The types of JSX know it with a datalist only. */
const COMBOBOX = { role: 'combobox', 'aria-expanded': true } as JSX.IntrinsicElements['input'];

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const id = useId();
  const text = useSignal('');
  const active = useSignal(0);
  const list = useRef<HTMLDivElement>(null);
  const tasks = useServerQuery(() => fleetbeat().tasks.list({ limit: MAX_TASKS }), []);
  const open = tasks.value?.tasks;
  const openTasks = useSignal(open);
  openTasks.value = open;
  const commands = useComputed(() => selectCommands(listCommands(openTasks.value ?? []), text.value));
  const shown = commands.value;
  const index = Math.min(active.value, shown.length - 1);
  const mutation = useMutation((action: () => Promise<unknown>) => action());
  const run = async ({ run: action }: Command) => {
    if (typeof action === 'string') {
      onClose();
      route(action);
    } else if (await mutation.run(action)) onClose();
  };
  const move = (to: number) => {
    active.value = (to + shown.length) % Math.max(1, shown.length);
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index, shown]);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1 };
    const to = moves[event.key];
    const chosen = shown[index];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' && chosen) void run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to or do" onClose={onClose}>
      <div class="palette">
        <label class="search palette-search">
          <span class="unseen">Program, session, task, page or command</span>
          <Icon name="search" />
          <input
            // Not a search field: there Escape empties the field first, and does not close.
            type="text"
            {...COMBOBOX}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={shown.length > 0 ? `${id}-${index}` : undefined}
            autocomplete="off"
            dir="auto"
            value={text.value}
            placeholder="builder, pause builder, …"
            onInput={(event) => {
              text.value = event.currentTarget.value;
              active.value = 0;
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        {mutation.error != null && <Problem error={mutation.error} />}
        <div id={`${id}-list`} role="listbox" aria-label="Found" class="palette-list" ref={list} tabIndex={-1}>
          {shown.map((command, at) => (
            <Option
              key={command.id}
              id={`${id}-${at}`}
              command={command}
              isFirstOfGroup={shown[at - 1]?.group !== command.group}
              selected={at === index}
              onChoose={() => void run(command)}
            />
          ))}
        </div>
        <p class="unseen" role="status">
          {shown.length === 0 ? 'Nothing found' : `${shown.length} found`}
        </p>
        {shown.length === 0 && (
          <p class="soft" aria-hidden="true">
            Nothing here is called that.
          </p>
        )}
      </div>
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly command: Command;
  readonly isFirstOfGroup: boolean;
  readonly selected: boolean;
  readonly onChoose: () => void;
}

const Option = ({ id, command, isFirstOfGroup, selected, onChoose }: OptionProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and the keys
  <div
    id={id}
    role="option"
    tabIndex={-1}
    aria-selected={selected}
    class="palette-option"
    data-group={isFirstOfGroup ? command.group : undefined}
    onClick={onChoose}
  >
    <Icon name={command.icon} />
    <span class="palette-title" dir="auto">
      {command.title}
    </span>
    {command.detail && (
      <span class="palette-detail faint" dir="auto">
        {command.detail}
      </span>
    )}
    <span class="unseen">{command.group}</span>
  </div>
);
