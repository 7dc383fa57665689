/** What the first write brings in: nothing of it is reached from `createClient` but by `import()`. */
export { plainWrite } from './plain/plain-write.js';
export { deleteResource, sendLast, submitEdit } from './write/submit.js';
