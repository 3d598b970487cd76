import { byId, create } from './dom';
import { text } from './format';
import type { Row } from './types';

const mostRows = 12;

/** A list of sessions or users: new ones on top, known ones brought up to date where they are. */
export class PeopleList {
  private readonly list: HTMLElement;
  private readonly rows = new Map<string, HTMLElement>();
  private readonly waiting = new Map<string, Row>();

  constructor(
    private readonly name: 'sessions' | 'users',
    private readonly keyColumn: string,
    private readonly describe: (row: Row) => { title: string; line: string; figures: string[] },
    private readonly open: (kind: 'users' | 'sessions', id: string) => void,
  ) {
    this.list = byId(name);
  }

  add(row: Row): void {
    const id = text(row[this.keyColumn]);
    if (!id) return;
    // Put last, so that of more than fit the newest are shown.
    this.waiting.delete(id);
    this.waiting.set(id, row);
    if (this.waiting.size > mostRows) this.waiting.delete(this.waiting.keys().next().value!);
  }

  /** Shows what has come in since the last time. */
  show(): void {
    for (const [id, row] of this.waiting) {
      const content = this.content(row);
      const known = this.rows.get(id);
      if (known) {
        known.replaceChildren(...content);
        continue;
      }
      const item = create('li', {}, create('button', { type: 'button', click: () => this.open(this.name, id) }, ...content));
      this.rows.set(id, item.firstElementChild as HTMLElement);
      this.list.prepend(item);
    }
    if (this.waiting.size > 0) byId(`${this.name}-empty`).hidden = true;
    this.waiting.clear();
    this.trim();
  }

  private trim(): void {
    while (this.rows.size > mostRows) {
      const [id, oldest] = this.rows.entries().next().value!;
      oldest.parentElement!.remove();
      this.rows.delete(id);
    }
  }

  private content(row: Row): Node[] {
    const { title, line, figures } = this.describe(row);
    return [
      create('span', { class: 'title' }, title),
      create('span', { class: 'line' }, line),
      create('span', { class: 'figures' }, ...figures.map((figure) => create('span', {}, figure))),
    ];
  }
}
