import type { KyInstance } from 'ky';
import type { PortWrite, ReadAnswer, ResourcePort, WriteAnswer } from '../engine/port.js';
import type { VersionCodec } from '../protocol/version-scheme.js';
import { readResource } from './read-resource.js';
import type { RequestPolicy } from './resource-policy.js';
import type { StateReader } from './state-reader.js';
import type { WriteForms } from './write-forms.js';
import { methodOf } from './write-request.js';
import { writeResource } from './write-resource.js';

/** ky's instances: reads keep its retries; guarded writes have none, because only the loop can tell a lost answer from a refusal. */
export interface Transport {
  readonly read: KyInstance;
  readonly write: KyInstance;
  /** For reads that were redirected to another origin: neither headers nor hooks of the caller's, which may hold secrets. */
  readonly elsewhere: KyInstance;
  readonly maxBodyBytes: number;
}

/** Everything one resource's requests are made of. */
export interface Wire {
  readonly url: URL;
  /** The URL as it may be shown. */
  readonly shown: string;
  readonly transport: Transport;
  readonly codec: VersionCodec;
  readonly request: RequestPolicy;
  readonly reader: StateReader;
  readonly forms: WriteForms;
  /** What a delete carries, where its caller gave it something to carry. */
  readonly deleteBody: BodyInit | undefined;
  /** Hears of every accepted answer, for who hands it on. */
  readonly onAccepted: ((response: Response, text: string) => void) | undefined;
}

/** The engine's port over HTTP. */
export function httpPort(wire: Wire): ResourcePort {
  const { forms, request } = wire;
  return {
    read: ({ signal, plain }): Promise<ReadAnswer> => readResource(wire, signal, plain),
    write: (write: PortWrite, signal): Promise<WriteAnswer> => writeResource(wire, write, signal),
    method: (write) => methodOf(wire, write),
    nextForm: (surely) => typeof request.write !== 'function' && forms.next(surely),
  };
}
