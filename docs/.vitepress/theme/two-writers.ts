import { ask, type Client, type ConflictSession, createClient, type Snapshot, text } from 'unconflict';
import { createConflictServer } from 'unconflict/testing';

/** What Ada and Grace edit. */
export interface Article {
  title: string;
  text: string;
  proofread: boolean;
}

const FIRST: Article = {
  title: 'On engines',
  text: 'An engine weaves patterns as a loom weaves flowers.',
  proofread: false,
};

const MEMBERS = ['title', 'text', 'proofread'] as const;

/** One request, as the list beside the editors shows it. */
export interface Line {
  readonly who: string;
  readonly request: string;
  readonly status: number;
}

/** One person: what is in their form, and what became of their last save. */
export interface Writer {
  readonly name: string;
  /** What the form shows. The page writes into it. */
  form: Article;
  /** The version that the form was made from. */
  version: string | undefined;
  saving: boolean;
  says: string;
  /** A save that waits for an answer. */
  session: ConflictSession | undefined;
}

export interface TwoWriters {
  readonly writers: readonly Writer[];
  readonly lines: readonly Line[];
  /** What is on the server now. */
  readonly server: Article;
  /** What was saved by somebody and is gone, in words. */
  readonly lost: readonly string[];
  save(writer: Writer, withUnconflict: boolean): Promise<void>;
  reset(): Promise<void>;
}

/**
 * Two people, one article, and a server inside the page. With unconflict each save is merged; without, it is a PUT of the whole document.
 *
 * @param latency What each request takes, in ms.
 * @param onChange Called whenever something is to be drawn anew.
 */
export function twoWriters({ latency, onChange }: { latency: number; onChange: () => void }): TwoWriters {
  const server = createConflictServer({ latency });
  let lines: Line[] = [];
  let lost: string[] = [];

  const watched =
    (who: string): typeof fetch =>
    async (input, init) => {
      const request = new Request(input, init);
      const condition = request.headers.get('if-match');
      const response = await server.fetch(request);
      const asked = condition === null ? request.method : `${request.method} If-Match: ${condition}`;
      lines = [...lines, { who, request: asked, status: response.status }];
      onChange();
      return response;
    };

  const people = ['Ada', 'Grace'].map((name) => {
    const writer: Writer = {
      name,
      form: { ...FIRST },
      version: undefined,
      saving: false,
      says: '',
      session: undefined,
    };
    const resolve = ask((session) => {
      writer.session = session;
      session.subscribe(onChange);
      onChange();
    });
    const client: Client = createClient({
      prefix: server.origin,
      fetch: watched(name),
      locks: false, // they stand for two people at two machines
      defaults: { merge: { '/text': text() }, resolve },
    });
    return {
      writer,
      article: client.resource<Article>('article'),
      fetch: watched(name),
      base: undefined as Snapshot<Article> | undefined,
    };
  });

  const onServer = (): Article => ({ ...FIRST, ...server.get<Article>('/article')?.value });

  /** Members that others had saved and that this save has put back. */
  function noteLosses(name: string, base: Article, before: Article, after: Article): void {
    const gone = MEMBERS.filter((member) => before[member] !== base[member] && after[member] !== before[member]);
    lost = [
      ...lost,
      ...gone.map((member) => `${name} overwrote the ${member === 'proofread' ? 'tick' : member} that was just saved.`),
    ];
  }

  return {
    writers: people.map(({ writer }) => writer),
    get lines() {
      return lines;
    },
    get lost() {
      return lost;
    },
    get server() {
      return onServer();
    },
    async save(writer, withUnconflict) {
      const person = people.find((one) => one.writer === writer);
      if (person?.base === undefined) return;
      writer.saving = true;
      writer.says = '';
      onChange();
      const { base } = person;
      const before = onServer();
      try {
        if (withUnconflict) {
          const result = await person.article.replace({ ...writer.form }, { base });
          person.base = result;
          writer.says = result.rebased ? 'Saved. The other change is still there.' : 'Saved.';
        } else {
          const body = JSON.stringify(writer.form);
          const headers = { 'content-type': 'application/json' };
          const answer = await person.fetch(`${server.origin}/article`, { method: 'PUT', headers, body });
          person.base = { url: base.url, value: onServer(), version: answer.headers.get('etag') ?? undefined };
          noteLosses(writer.name, base.value, before, person.base.value);
          writer.says = 'Saved.';
        }
        writer.form = { ...person.base.value };
        writer.version = person.base.version;
      } catch (error) {
        writer.says = error instanceof Error ? error.message : String(error);
      } finally {
        writer.saving = false;
        writer.session = undefined;
        onChange();
      }
    },
    async reset() {
      server.seed('/article', { ...FIRST });
      lost = [];
      await Promise.all(
        people.map(async (person) => {
          const { writer } = person;
          writer.session?.abort();
          person.base = await person.article.get();
          Object.assign(writer, { form: { ...FIRST }, version: person.base.version, says: '', session: undefined });
        }),
      );
      lines = [];
      onChange();
    },
  };
}
