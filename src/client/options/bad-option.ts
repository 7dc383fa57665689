import { InvalidOptionsError } from '../../core/errors.js';

/** @throws InvalidOptionsError that names the option by how it is reached from what the user wrote. */
export function badOption(where: string, option: string, what: string): never {
  throw new InvalidOptionsError(`${where}.${option} ${what}.`, { option: `${where}.${option}` });
}
