import { byId, create } from './dom';
import { path, shortId, timeOfDay } from './format';
import type { LiveEvent } from './types';

const mostRows = 60;

/** The newest events, the newest first. */
export class EventList {
  private readonly body = byId<HTMLTableSectionElement>('events');
  private waiting: LiveEvent[] = [];
  private isStale = false;

  constructor(private readonly open: (kind: 'users' | 'sessions', id: string) => void) {}

  add(events: LiveEvent[]): void {
    this.waiting.push(...events);
    if (this.waiting.length > mostRows) this.waiting.splice(0, this.waiting.length - mostRows);
  }

  /** Takes events in place of all that are shown: after a lost connection they are partly the same. */
  replace(events: LiveEvent[]): void {
    this.waiting = [...events];
    this.isStale = true;
  }

  /** Shows what has come in since the last time. */
  show(): void {
    if (this.waiting.length === 0) return;
    byId('events-empty').hidden = true;
    if (this.isStale) this.body.replaceChildren();
    this.isStale = false;
    this.body.prepend(...this.waiting.reverse().map((event) => this.row(event)));
    this.waiting = [];
    while (this.body.rows.length > mostRows) this.body.deleteRow(-1);
  }

  private row(event: LiveEvent): HTMLElement {
    const name = event.event_name ?? event.event ?? 'unknown';
    const page = event.page_title ?? path(event.page_url);
    return create(
      'tr',
      {},
      create('td', { class: 'time' }, timeOfDay(event.collector_tstamp)),
      create('td', {}, create('span', { class: 'pill', 'data-event': event.event ?? '' }, name)),
      create('td', { class: 'page', title: event.page_url ?? '' }, page || '–'),
      create('td', { class: 'app' }, `${event.app_id ?? '–'}${event.platform ? ` · ${event.platform}` : ''}`),
      create('td', { class: 'who' }, this.link('users', event.user)),
      create('td', { class: 'who' }, this.link('sessions', event.session)),
    );
  }

  private link(kind: 'users' | 'sessions', id: string | null): Node | string {
    if (!id) return kind === 'users' ? 'anonymous' : '–';
    const label = kind === 'users' ? `User ${id}` : `Session ${id}`;
    return create('button', { type: 'button', class: 'link', 'aria-label': label, click: () => this.open(kind, id) }, shortId(id));
  }
}
