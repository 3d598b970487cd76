import { byId, create } from './dom';
import { schemaName } from './format';
import type { BadRow } from './types';

const mostRows = 20;

/** The newest bad rows with their reasons, the newest first. */
export class BadRowList {
  private readonly list = byId('bad-rows');
  private waiting: BadRow[] = [];

  add(rows: BadRow[]): void {
    this.waiting.push(...rows);
    if (this.waiting.length > mostRows) this.waiting.splice(0, this.waiting.length - mostRows);
  }

  /** Shows what has come in since the last time. */
  show(): void {
    if (this.waiting.length === 0) return;
    byId('bad-rows-empty').hidden = true;
    const time = new Date().toISOString().slice(11, 19);
    this.list.prepend(
      ...this.waiting.reverse().map((row) =>
        create(
          'li',
          {},
          create('span', { class: 'title' }, create('span', { class: 'pill warn' }, schemaName(row.schema).replaceAll('_', ' ')), ` ${time}`),
          create('span', { class: 'message' }, row.message),
        ),
      ),
    );
    this.waiting = [];
    while (this.list.children.length > mostRows) this.list.lastElementChild!.remove();
  }
}
