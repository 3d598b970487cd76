import { byId, create } from './dom';
import { schemaName, timeOfDay } from './format';
import type { BadRow } from './types';

const mostRows = 20;

/** The newest bad rows with their reasons, the newest first. */
export class BadRowList {
  private readonly list = byId('bad-rows');
  private waiting: BadRow[] = [];
  private isStale = false;

  add(rows: BadRow[]): void {
    this.waiting.push(...rows);
    if (this.waiting.length > mostRows) this.waiting.splice(0, this.waiting.length - mostRows);
  }

  /** Takes bad rows in place of all that are shown: after a lost connection they are partly the same. */
  replace(rows: BadRow[]): void {
    this.waiting = [...rows];
    this.isStale = true;
  }

  /** Shows what has come in since the last time. */
  show(): void {
    if (this.waiting.length === 0) return;
    byId('bad-rows-empty').hidden = true;
    if (this.isStale) this.list.replaceChildren();
    this.isStale = false;
    this.list.prepend(
      ...this.waiting.reverse().map((row) =>
        create(
          'li',
          {},
          create('span', { class: 'title' }, create('span', { class: 'pill warn' }, schemaName(row.schema).replaceAll('_', ' ')), ` ${timeOfDay(row.failure_tstamp)}`),
          create('span', { class: 'message' }, row.message),
        ),
      ),
    );
    this.waiting = [];
    while (this.list.children.length > mostRows) this.list.lastElementChild!.remove();
  }
}
