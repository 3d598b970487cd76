import { byId, create } from '../dom';

/** A query that the user has kept. */
interface SavedQuery {
  name: string;
  text: string;
}

const draftKey = 'snowplow.query.draft';
const savedKey = 'snowplow.query.saved';

/** What stands in the editor, from one visit of the page to the next. */
export const draft = {
  load: (): string => localStorage.getItem(draftKey) ?? '',
  keep: (text: string): void => localStorage.setItem(draftKey, text),
};

/** The list of queries that the user has kept in this browser. */
export class Saved {
  private readonly pane = byId('pane-saved');

  constructor(private readonly open: (text: string) => void) {
    this.draw();
    // Another tab of the page may change them.
    addEventListener('storage', (event) => {
      if (event.key === savedKey) this.draw();
    });
  }

  /** Keeps a query under a name; one of that name gives way. */
  add(name: string, text: string): void {
    this.write([{ name, text }, ...this.read().filter((query) => query.name !== name)]);
  }

  private remove(name: string): void {
    this.write(this.read().filter((query) => query.name !== name));
  }

  private read(): SavedQuery[] {
    return JSON.parse(localStorage.getItem(savedKey) ?? '[]') as SavedQuery[];
  }

  private write(queries: SavedQuery[]): void {
    localStorage.setItem(savedKey, JSON.stringify(queries));
    this.draw();
  }

  private draw(): void {
    const queries = this.read();
    this.pane.replaceChildren(
      ...queries.map((query) =>
        create(
          'div',
          { class: 'entry' },
          create('button', { type: 'button', class: 'open', title: query.text, click: () => this.open(query.text) }, query.name),
          create('button', { type: 'button', class: 'use', title: `Remove ${query.name}`, 'aria-label': `Remove ${query.name}`, click: () => this.remove(query.name) }, '✕'),
        ),
      ),
      ...(queries.length === 0 ? [create('p', { class: 'empty' }, 'Save keeps the query at the cursor here, in this browser.')] : []),
    );
  }
}
