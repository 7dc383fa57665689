import type { PortWrite, ReadAnswer, ResourcePort, WriteAnswer } from '../../engine/port.js';
import { cacheWords } from '../../protocol/verdict/cache-words.js';
import { readResource } from '../http/read-resource.js';
import type { Wire } from '../http/transport.js';
import { formsOf } from './write-forms.js';
import { methodOf } from './write-request.js';
import { writeResource } from './write-resource.js';

/** The engine's port over HTTP. */
export function httpPort(wire: Wire): ResourcePort {
  const { request } = wire;
  return {
    read: (waiting): Promise<ReadAnswer> => readResource(wire, waiting, { cacheOf: cacheWords }),
    write: (write: PortWrite, waiting): Promise<WriteAnswer> => writeResource(wire, write, waiting),
    method: (write) => methodOf(wire, write),
    nextForm: (surely) => typeof request.write !== 'function' && formsOf(wire).next(surely),
  };
}

const ports = new WeakMap<Wire, ResourcePort>();

/** The same for the same way: edits that go by one port can travel together. */
export function portOf(wire: Wire): ResourcePort {
  const known = ports.get(wire);
  if (known !== undefined) return known;
  const port = httpPort(wire);
  ports.set(wire, port);
  return port;
}
