/** A function of a package that may not be installed and then has no types here. */
export type Call = (...values: unknown[]) => unknown;
/** The function of this name, in a module or in its default export. */
export function member(module: unknown, name: string): Call {
  const holders = [module, isRecord(module) ? module.default : undefined];
  const found = holders
    .filter(isRecord)
    .map((holder) => holder[name])
    .find((value) => typeof value === 'function');
  if (!isCall(found)) throw new Error(`no function ${name}`);
  return found;
}

/** Whether a value has members to look at. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isCall(value: unknown): value is Call {
  return typeof value === 'function';
}

/** A module's default export, also where CommonJS wrapped it twice. */
export function defaultOf(module: unknown): Call {
  const first = isRecord(module) ? module.default : undefined;
  const second = isRecord(first) && 'default' in first ? first.default : first;
  return member({ second }, 'second');
}
