/**
 * The part of the contract that a validator needs: the schemas of requests or of responses, fully dereferenced. The
 * validator compiles a check for each `$ref`, which took a third of the start-up time. It also walks through its whole
 * document for each operation that is called, so a smaller document is faster.
 */
import { resolveRef } from '../../../../openapi/operations.ts';
import { contract } from '../../contract.ts';

type Node = Readonly<Record<string, unknown>>;
type ValidationTarget = 'requests' | 'responses';

interface ValidationOperation {
  readonly operationId: string;
  /** Includes those of its path item. */
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses?: unknown;
}

export interface ValidationDocument {
  readonly openapi: string;
  /** By path, then by method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, ValidationOperation>>>>;
}

/** Builds the document of the paths for which `includesPath` returns true. */
export function buildValidationDocument(
  includesPath: (path: string) => boolean,
  target: ValidationTarget,
): ValidationDocument {
  const dereference = createDereferencer();
  const included = Object.entries(contract.paths).filter(([path]) => includesPath(path));
  const paths = included.map(([path, item]) => [path, toOperations(item, dereference, target)] as const);
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
  const operations = METHODS.filter((method) => method in item).map((method) => {
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
  return Object.fromEntries(operations);
}

const INTEGER_FORMAT = /^int(32|64)$/;

type Dereference = <T>(node: T) => T;

/** Replaces references at every depth. All references to a schema get the same object, which the validator compiles once. */
function createDereferencer(): Dereference {
  const resolved = new Map<string, unknown>();
  const dereference = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(dereference);
    // Ajv knows a discriminator beside oneOf only.
    const { $ref, discriminator: _discriminator, ...siblings } = node as Node & { readonly $ref?: string };
    // What int32 and int64 say is said by minimum and maximum already, and would be reported twice.
    const checked = Object.entries(siblings).filter(
      ([name, value]) => name !== 'format' || !INTEGER_FORMAT.test(String(value)),
    );
    const own = Object.fromEntries(checked.map(([name, value]) => [name, dereference(value)]));
    if ($ref === undefined) return own;
    if (!resolved.has($ref)) resolved.set($ref, dereference(resolveRef(contract, { $ref })));
    const target = resolved.get($ref) as Node;
    return Object.keys(own).length === 0 ? target : { ...target, ...own };
  };
  return dereference as Dereference;
}
