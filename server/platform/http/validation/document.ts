/**
 * The contract as the validator is shown it: what requests are held to, or what answers are, with every reference followed.
 * For each reference that it meets it compiles a check, which took a third of a start; and for each operation that is
 * called it walks through all that it was shown.
 */
import { resolveRef } from '../../../../openapi/operations.ts';
import { contract } from '../../contract.ts';

type Node = Readonly<Record<string, unknown>>;
type ValidationTarget = 'requests' | 'answers';

interface ValidationOperation {
  readonly operationId: string;
  /** Those of its path too. */
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses?: unknown;
}

export interface ValidationDocument {
  readonly openapi: string;
  /** By path, then by method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, ValidationOperation>>>>;
}

export function buildValidationDocument(
  includesPath: (path: string) => boolean,
  shown: ValidationTarget,
): ValidationDocument {
  const follow = createDereferencer();
  const chosen = Object.entries(contract.paths).filter(([path]) => includesPath(path));
  const paths = chosen.map(([path, item]) => [path, toOperations(item, follow, shown)] as const);
  return {
    openapi: contract['openapi'] as string,
    paths: Object.fromEntries(paths),
  };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

function toOperations(
  item: Node,
  dereference: Dereference,
  target: ValidationTarget,
): Readonly<Record<string, ValidationOperation>> {
  const pathParameters = (item['parameters'] ?? []) as ValidationOperation['parameters'];
  const found = METHODS.filter((method) => method in item).map((method) => {
    const { operationId, parameters = [], requestBody, responses } = item[method] as ValidationOperation;
    return [
      method,
      {
        operationId,
        parameters: dereference([...pathParameters, ...parameters]),
        ...dereference(target === 'requests' ? { requestBody } : { responses }),
      },
    ];
  });
  return Object.fromEntries(found);
}

type Dereference = <T>(node: T) => T;

/** Follows references at every depth. What several refer to is one object, which the validator prepares once. */
function createDereferencer(): Dereference {
  const resolved = new Map<string, unknown>();
  const dereference = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(dereference);
    const { $ref, ...beside } = node as Node & { readonly $ref?: string };
    const own = Object.fromEntries(Object.entries(beside).map(([name, value]) => [name, dereference(value)]));
    if ($ref === undefined) return own;
    if (!resolved.has($ref)) resolved.set($ref, dereference(resolveRef(contract, { $ref })));
    const target = resolved.get($ref) as Node;
    return Object.keys(own).length === 0 ? target : { ...target, ...own };
  };
  return dereference as Dereference;
}
