/** The sections of a program state, with the default of each field. */
import type { components } from '../../../openapi/generated/types.ts';

type Schemas = components['schemas'];
export type ContextSummary = Schemas['ContextSummary'];
export type Config = Schemas['Config'];
export type Baselines = Schemas['Baselines'];
export type Decay = Schemas['Decay'];

export interface Sections {
  contextSummary: ContextSummary;
  config: Config;
  baselines: Baselines;
  decay: Decay;
}

export const DEFAULTS: Readonly<Sections> = {
  contextSummary: { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] },
  config: { preferredOutputFormat: null, toolPreferences: {}, knownQuirks: [], customSettings: {} },
  baselines: {
    avgTaskDurationMinutes: null,
    commonFailureModes: [],
    sessionsCompleted: 0,
    lastSessionDurationMinutes: null,
  },
  decay: { contextSummaryTTLDays: 7, learnedPatternMaxAge: 30, maxUnpromotedPatterns: 50 },
};

export const SECTIONS = ['contextSummary', 'config', 'baselines', 'decay'] as const;
