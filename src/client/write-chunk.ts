/** What the first write brings in: nothing of it is reached from `createClient` but by `import()`. */
export { TabLock } from '../engine/queue/tab-lock.js';
export { plainWrite } from './plain/plain-write.js';
export { jsonOf } from './plain/synthetic-response.js';
export { deleteResource, queueOf, sendLast, shelve, submitEdit } from './write/submit.js';
export { portOf } from './write/write-resource.js';
