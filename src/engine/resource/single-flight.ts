import { untilAborted } from '../clock.js';

interface Flight<T> {
  readonly work: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
  landed: boolean;
}

/** Shares one piece of work among all who ask while it runs. It is aborted when the last of them has gone. */
export class SingleFlight<T> {
  #current: Flight<T> | undefined;

  /** Joins the work under way, or starts it. `fresh`: an answer from before now would not do, so always starts. */
  run(start: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, fresh: boolean): Promise<T> {
    const flight = fresh ? this.#start(start) : (this.#current ?? this.#start(start));
    flight.waiting += 1;
    return untilAborted(flight.work, signal).finally(() => {
      flight.waiting -= 1;
      // What has landed needs no abort.
      if (flight.waiting > 0 || flight.landed) return;
      // Whoever comes now must not share what was given up.
      if (this.#current === flight) this.#current = undefined;
      flight.controller.abort();
    });
  }

  /** Whoever comes from now on must not share what is under way: it was begun too early. */
  leave(): void {
    this.#current = undefined;
  }

  #start(start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { work: start(controller.signal), controller, waiting: 0, landed: false };
    this.#current = flight;
    const land = (): void => {
      flight.landed = true;
      if (this.#current === flight) this.#current = undefined;
    };
    flight.work.then(land, land);
    return flight;
  }
}
