/** Puts the catalogue of problems into the document: the types as an enum, and a schema for each kind with members of its own. */
import type { Document } from './operations.ts';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
  /** The members that each of its problems has beside those of every problem. */
  readonly always?: readonly string[];
  /** The members that some of its problems have. */
  readonly sometimes?: readonly string[];
}

type Schema = { [keyword: string]: unknown };

/** Changes the document in place, and returns it. Throws for a member that `Problem` does not define. */
export function addProblemKinds(document: Document, catalogue: Readonly<Record<string, ProblemKind>>): Document {
  const { schemas } = document['components'] as { schemas: Record<string, Schema> };
  const problem = schemas['Problem'] as Schema & { properties: Record<string, Schema> };
  const { type, ...members } = problem.properties;
  const kinds = Object.entries(catalogue);
  problem.properties['type'] = { ...type, enum: kinds.map(([kind]) => toType(kind)) };
  const mapping: Record<string, string> = {};
  for (const [kind, { title, always = [], sometimes = [] }] of kinds) {
    const names = [...always, ...sometimes];
    if (names.length === 0) continue;
    const unknown = names.find((name) => !(name in members));
    if (unknown)
      throw new Error(`The problem ${kind} has the member ${unknown}, which the schema Problem does not define`);
    schemas[toSchemaName(kind)] = {
      description: `${title}.`,
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        {
          type: 'object',
          required: ['type', ...always],
          properties: {
            type: { type: 'string', const: toType(kind), description: 'The kind of problem.' },
            ...Object.fromEntries(names.map((name) => [name, members[name]])),
          },
        },
      ],
    };
    mapping[toType(kind)] = `#/components/schemas/${toSchemaName(kind)}`;
  }
  problem['discriminator'] = { propertyName: 'type', mapping };
  return document;
}

const toType = (kind: string): string => `/problems/${kind}`;

/** `session-limit-reached` → `SessionLimitReachedProblem`. */
export const toSchemaName = (kind: string): string =>
  `${kind.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Problem`;
