import { DeadlineReached } from './budget.js';
import type { Accepted, PortWrite, WriteAnswer } from './port.js';
import type { Run } from './run.js';

/** What the server answered to a write; where only the head of its answer came in time, what that tells. */
export async function answerTo({ budget, port, policy }: Run, write: PortWrite): Promise<WriteAnswer> {
  let head: Accepted | undefined;
  const sent = port.write(write, budget.signal, (seen) => {
    head = seen;
  });
  try {
    // Not every fetch listens to its signal, and the deadline must hold all the same.
    return await budget.until(sent);
  } catch (error) {
    // A 201 may have to be taken back, for which there is no time.
    const tells = head?.status !== 201 || write.kind === 'create' || !policy.createdMeansRecreated;
    if (error instanceof DeadlineReached && head !== undefined && tells) return head;
    throw error;
  }
}
