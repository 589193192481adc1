/** The commands for whoever is signed in, from the fleet as it is shown. */
import { type components, getNeeds } from '@fleetbeat/client';
import { fleetbeat, isAdmin, mayWrite } from '../auth.ts';
import { liveSessions, NO_PROGRAM, rows, updateProgramFacts } from '../live/fleet-store.ts';
import { programPath, sessionPath, taskPath } from '../routes.ts';
import type { Command } from './commands.ts';

type Task = components['schemas']['TaskSummary'];

const PAGES: readonly (Pick<Command, 'title' | 'icon'> & { readonly path: string; readonly admin?: boolean })[] = [
  { title: 'Fleet', icon: 'pulse', path: '/' },
  { title: 'Tasks', icon: 'task', path: '/tasks' },
  { title: 'Messages', icon: 'message', path: '/messages' },
  { title: 'Keys', icon: 'key', path: '/keys', admin: true },
  { title: 'Webhooks', icon: 'hook', path: '/webhooks', admin: true },
  { title: 'Audit', icon: 'audit', path: '/audit', admin: true },
  { title: 'Connect an agent', icon: 'plug', path: '/connect' },
  { title: 'Settings', icon: 'gear', path: '/settings' },
];

export function listCommands(tasks: readonly Task[]): Command[] {
  const pages = PAGES.filter(({ admin }) => !admin || isAdmin()).map(
    ({ path, title, icon }): Command => ({ id: `page ${path}`, group: 'Pages', title, icon, run: path }),
  );
  const programs = rows.value.filter(({ programId }) => programId !== NO_PROGRAM);
  return [
    ...pages,
    ...programs.map(
      ({ programId, displayName, session }): Command => ({
        id: `program ${programId}`,
        group: 'Programs',
        title: displayName,
        detail: [displayName === programId ? '' : programId, session?.status ?? ''].filter(Boolean).join(' · '),
        icon: 'pulse',
        run: programPath(programId),
      }),
    ),
    ...liveSessions.value.map(
      (session): Command => ({
        id: `session ${session.sessionId}`,
        group: 'Sessions',
        title: session.name,
        detail: [session.programId, session.status, session.projectName].filter(Boolean).join(' · '),
        icon: getNeeds(session).length > 0 ? 'alert' : 'clock',
        run: sessionPath(session.sessionId),
      }),
    ),
    ...tasks.map(
      ({ taskId, title, target }): Command => ({
        id: `task ${taskId}`,
        group: 'Tasks',
        title,
        detail: target === '*' ? 'for any program' : `for ${target}`,
        icon: 'task',
        run: taskPath(taskId),
      }),
    ),
    ...(mayWrite() ? programs.flatMap(listActions) : []),
    ...(mayWrite()
      ? [
          {
            id: 'message *',
            group: 'Act',
            title: 'Message all programs',
            icon: 'message',
            run: '/messages?new=*',
          } as const,
        ]
      : []),
  ];
}

function listActions({ programId, displayName, paused }: (typeof rows.value)[number]): Command[] {
  const query = encodeURIComponent(programId);
  const actions: Command[] = [
    {
      id: `message ${programId}`,
      group: 'Act',
      title: `Message ${displayName}`,
      icon: 'message',
      run: `/messages?program=${query}&new=${query}`,
    },
    {
      id: `task for ${programId}`,
      group: 'Act',
      title: `Create task for ${displayName}`,
      icon: 'task',
      run: `/tasks?target=${query}&new=${query}`,
    },
  ];
  if (isAdmin())
    actions.push({
      id: `pause ${programId}`,
      group: 'Act',
      title: `${paused ? 'Resume' : 'Pause'} ${displayName}`,
      icon: 'off',
      run: async () => {
        const program = await fleetbeat().programs.update(programId, { paused: !paused });
        updateProgramFacts(programId, { paused: program.paused });
      },
    });
  return actions;
}
