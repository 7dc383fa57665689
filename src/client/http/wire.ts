import type { KyInstance } from 'ky';
import type { WriteFormName } from '../../protocol/body/write-form.js';
import type { VersionCodec } from '../../protocol/versions/version-scheme.js';
import type { RequestPolicy } from '../options/resource-policy.js';
import type { ReadNotes } from '../read/read-notes.js';
import type { BodyLimits } from '../read/read-text.js';
import type { StateReader } from '../read/state-reader.js';

/** ky's instances: reads keep its retries; guarded writes have none, because only the loop can tell a lost answer from a refusal. */
export interface Transport {
  readonly read: KyInstance;
  readonly write: KyInstance;
  /** For reads that were redirected to another origin: neither headers nor hooks of the caller's, which may hold secrets. */
  readonly elsewhere: KyInstance;
  readonly limits: BodyLimits;
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
  /** What its reads tell, for who writes. */
  readonly notes: ReadNotes;
  /** The form its caller wrote the body in: it goes out in no other. */
  readonly ownForm: WriteFormName | undefined;
  /** No update or delete may leave without a version. */
  readonly conditional: boolean;
  /** Ids of the edits its requests are sent for. Empty: for none, a read by itself. */
  readonly edits: readonly string[];
  /** What a delete carries, where its caller gave it something to carry. */
  readonly deleteBody: BodyInit | undefined;
  /** Hears of every accepted answer, for who hands it on. */
  readonly onAccepted: ((response: Response, text: string) => void) | undefined;
}
