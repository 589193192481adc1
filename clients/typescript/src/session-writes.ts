/** What a session writes beside its own updates. Each write names it, so none takes effect once another has taken over. */

import type { Schemas } from './contract-types.js';
import type { MessageId, PatternId, ProgramId, SessionId, TaskId } from './generated/types.js';
import type { Messages } from './operations/messages.js';
import type { Patterns } from './operations/patterns.js';
import type { Tasks } from './operations/tasks.js';
import type { CallOptions, WriteOptions } from './options.js';

type Unnamed<Body> = Omit<Body, 'sessionId'>;

export interface SessionTasks {
  /** Creates a task for a program, or with the target `*` for whichever claims it first. */
  create(task: Unnamed<Schemas['TaskCreate']>, options?: CallOptions): Promise<Schemas['Task']>;
  claim(taskId: TaskId, options?: CallOptions): Promise<Schemas['Task']>;
  /** Releases a task that this session has claimed. */
  release(taskId: TaskId, options?: CallOptions): Promise<Schemas['Task']>;
  /** Completes a task that this session has claimed. */
  complete(
    taskId: TaskId,
    completion: Unnamed<Schemas['TaskCompletion']>,
    options?: CallOptions,
  ): Promise<Schemas['Task']>;
}

export interface SessionMessages {
  /** Sends a message to a program, or with `to: '*'` to every other program. */
  send(message: Unnamed<Schemas['MessageSend']>, options?: CallOptions): Promise<Schemas['SentMessage']>;
  acknowledge(messageId: MessageId, options?: CallOptions): Promise<Schemas['Message']>;
}

/** The learned patterns of the session's program. `remember` adds and changes them. */
export interface SessionPatterns {
  reinforce(
    patternId: PatternId,
    reinforcement?: Unnamed<Schemas['Reinforcement']>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenPattern']>;
  promote(
    patternId: PatternId,
    promotion?: Unnamed<Schemas['Promotion']>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenPattern']>;
  setStatus(
    patternId: PatternId,
    status: Unnamed<Schemas['PatternStatusChange']>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenPattern']>;
  remove(patternId: PatternId, options?: WriteOptions): Promise<void>;
}

export interface SessionWriteDeps {
  readonly tasks: Tasks;
  readonly messages: Messages;
  readonly patterns: Patterns;
}

export const sessionTasks = ({ tasks }: SessionWriteDeps, sessionId: SessionId): SessionTasks => ({
  create: (task, options) => tasks.create({ ...task, sessionId }, options),
  claim: (taskId, options) => tasks.claim(taskId, sessionId, options),
  release: (taskId, options) => tasks.release(taskId, sessionId, options),
  complete: (taskId, completion, options) => tasks.complete(taskId, { ...completion, sessionId }, options),
});

export const sessionMessages = ({ messages }: SessionWriteDeps, sessionId: SessionId): SessionMessages => ({
  send: (message, options) => messages.send({ ...message, sessionId }, options),
  acknowledge: (messageId, options) => messages.acknowledge(messageId, { sessionId }, options),
});

export const sessionPatterns = (
  { patterns }: SessionWriteDeps,
  programId: ProgramId,
  sessionId: SessionId,
): SessionPatterns => ({
  reinforce: (patternId, body, options) => patterns.reinforce(programId, patternId, { ...body, sessionId }, options),
  promote: (patternId, body, options) => patterns.promote(programId, patternId, { ...body, sessionId }, options),
  setStatus: (patternId, body, options) => patterns.setStatus(programId, patternId, { ...body, sessionId }, options),
  remove: (patternId, options) => patterns.remove(programId, patternId, { ...options, sessionId }),
});
