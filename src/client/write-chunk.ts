/** What the first write brings in: nothing of it is reached from `createClient` but by `import()`. */
export { plainWrite } from './plain/plain-write.js';
export { deleteResource, portOf, queueOf, sendLast, shelve, submitEdit } from './write/submit.js';
