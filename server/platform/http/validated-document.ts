/**
 * The contract as the validator is shown it: what requests are held to, or what answers are, with every reference followed.
 * For each reference that it meets it compiles a check, which took a third of a start; and for each operation that is
 * called it walks through all that it was shown.
 */
import { resolve } from '../../../openapi/operations.ts';
import { contract, operations } from '../contract.ts';

type Node = Readonly<Record<string, unknown>>;
type Shown = 'requests' | 'answers';

interface ValidatedOperation {
  readonly operationId: string;
  /** Those of its path too. */
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses?: unknown;
  readonly security: readonly unknown[];
}

export interface ValidatedDocument {
  readonly openapi: string;
  /** By path, then by method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, ValidatedOperation>>>>;
  readonly components: { readonly securitySchemes: unknown };
}

/**
 * Who calls is known when the validator is reached, by key or by cookie. Asked to look for both again it would throw and
 * catch an error for the one that was not sent, which took a tenth of a heartbeat's time: it is shown one scheme that
 * has no credential of its own.
 */
const SCHEMES = { caller: { type: 'openIdConnect' } };

export function validatedDocument(isChosen: (path: string) => boolean, shown: Shown): ValidatedDocument {
  const follow = follower();
  const chosen = Object.entries(contract.paths).filter(([path]) => isChosen(path));
  const paths = chosen.map(([path, item]) => [path, operationsAt(item, follow, shown)] as const);
  return {
    openapi: contract['openapi'] as string,
    paths: Object.fromEntries(paths),
    components: { securitySchemes: SCHEMES },
  };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const roles = new Map(operations.map((operation) => [operation.operationId, operation.roles]));

/** Each is open to those roles that the contract names. */
function operationsAt(item: Node, follow: Follow, shown: Shown): Readonly<Record<string, ValidatedOperation>> {
  const ofPath = (item['parameters'] ?? []) as ValidatedOperation['parameters'];
  const found = METHODS.filter((method) => method in item).map((method) => {
    const { operationId, parameters = [], requestBody, responses } = item[method] as ValidatedOperation;
    const open = roles.get(operationId);
    return [
      method,
      {
        operationId,
        parameters: follow([...ofPath, ...parameters]),
        ...follow(shown === 'requests' ? { requestBody } : { responses }),
        // Only null is open to everybody; an operation that is not known here is closed to all.
        security: open === null ? [] : [{ caller: open ?? [] }],
      },
    ];
  });
  return Object.fromEntries(found);
}

type Follow = <T>(node: T) => T;

/** Follows references at every depth. What several refer to is one object, which the validator prepares once. */
function follower(): Follow {
  const known = new Map<string, unknown>();
  const follow = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(follow);
    const { $ref, ...beside } = node as Node & { readonly $ref?: string };
    const own = Object.fromEntries(Object.entries(beside).map(([name, value]) => [name, follow(value)]));
    if ($ref === undefined) return own;
    if (!known.has($ref)) known.set($ref, follow(resolve(contract, { $ref })));
    const target = known.get($ref) as Node;
    return Object.keys(own).length === 0 ? target : { ...target, ...own };
  };
  return follow as Follow;
}
