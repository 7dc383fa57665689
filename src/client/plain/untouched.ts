import type { BeforeErrorHook, KyInstance } from 'ky';
import ky from 'ky';
import type { ClientCore } from '../client-core.js';
import { hideSecrets } from '../http/hide-secrets.js';
import type { ResourcePolicy } from '../options/resource-policy.js';

const hidingSecrets: BeforeErrorHook = ({ error }) => hideSecrets(error);

/** ky as it is, for what passes untouched, but for errors that show secrets when printed; a resource's headers lie over the client's and under the call's. */
export function untouchedOf(core: ClientCore): (url: URL) => KyInstance {
  const { hooks } = core.kyOptions;
  const beforeError = [hidingSecrets, ...(hooks?.beforeError ?? [])];
  const plain = ky.create({ ...core.kyOptions, hooks: { ...hooks, beforeError } });
  const instances = new WeakMap<ResourcePolicy, KyInstance>();
  return (url) => {
    const policy = core.plainPolicy(url);
    const known = instances.get(policy);
    if (known !== undefined) return known;
    const { headers } = policy.request;
    const made = Object.keys(headers).length === 0 ? plain : plain.extend({ headers });
    instances.set(policy, made);
    return made;
  };
}
