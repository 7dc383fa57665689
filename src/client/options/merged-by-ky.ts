import type { Options as KyOptions } from 'ky';
import ky from 'ky';

/** A client's ky options with others on top, by ky's own rules. It tells what it made of them only to a function given to `extend`. */
export function mergedByKy(parent: KyOptions, child: KyOptions): KyOptions {
  if (Object.keys(parent).length === 0) return child;
  let merged: KyOptions = {};
  ky.create(parent)
    .extend(child)
    .extend((options) => {
      merged = options;
      return {};
    });
  return merged;
}
