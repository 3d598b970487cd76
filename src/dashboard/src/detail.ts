import { source } from './describe';
import { byId, create } from './dom';
import { dateAndTime, duration, number, shortId, text } from './format';
import type { Row } from './types';

/** The dialog with everything known of one session or user, asked of the server when it is opened. */
export class Detail {
  private readonly dialog = byId<HTMLDialogElement>('detail');
  private readonly body = byId('detail-body');

  constructor() {
    byId('detail-close').addEventListener('click', () => this.dialog.close());
    // A click beside the dialog's content is one on the backdrop.
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  async open(kind: 'users' | 'sessions', id: string): Promise<void> {
    byId('detail-title').textContent = kind === 'users' ? 'User' : 'Session';
    this.body.replaceChildren(create('p', { class: 'empty' }, 'Loading…'));
    if (!this.dialog.open) this.dialog.showModal();
    try {
      const response = await fetch(`/api/${kind}/${encodeURIComponent(id)}`);
      if (response.status === 404) throw new Error('The server does not know this id (yet).');
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      this.show(id, (await response.json()) as Row);
    } catch (error) {
      this.body.replaceChildren(create('p', { class: 'error' }, error instanceof Error ? error.message : String(error)));
    }
  }

  private show(id: string, row: Row): void {
    const known = Object.entries(row).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0));
    this.body.replaceChildren(
      create('p', { class: 'id' }, id),
      create('dl', {}, ...known.flatMap(([name, value]) => [create('dt', {}, label(name)), create('dd', {}, ...this.value(name, value))])),
      create('details', {}, create('summary', {}, 'JSON'), create('pre', { tabindex: '0' }, JSON.stringify(row, null, 2))),
    );
  }

  private value(name: string, value: unknown): (Node | string)[] {
    if (name === 'user_key' && typeof value === 'string') return [this.link('users', value)];
    if (name === 'session_list' && Array.isArray(value)) return [this.sessions(value as Row[])];
    if (name.endsWith('_tstamp') && typeof value === 'string') return [`${dateAndTime(value)} UTC`];
    if (name.endsWith('_in_s') && typeof value === 'number') return [duration(value)];
    if (Array.isArray(value)) return [value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(', ')];
    if (typeof value === 'object' && value !== null) {
      return [Object.entries(value).map(([key, item]) => `${key}: ${typeof item === 'object' ? JSON.stringify(item) : String(item)}`).join(', ')];
    }
    return [String(value)];
  }

  /** A user's sessions, the newest first. */
  private sessions(rows: Row[]): HTMLElement {
    const heads = ['#', 'Session', 'Start (UTC)', 'Duration', 'Source'].map((head) => create('th', { scope: 'col' }, head));
    const table = create(
      'table',
      {},
      create('thead', {}, create('tr', {}, ...heads)),
      create('tbody', {}, ...[...rows].reverse().map((row) => this.session(row))),
    );
    return create('div', { class: 'sessions', tabindex: '0', role: 'region', 'aria-label': 'Sessions' }, table);
  }

  private session(row: Row): HTMLElement {
    const id = text(row.session_identifier) ?? '';
    const [start, end] = [text(row.start_tstamp) ?? '', text(row.end_tstamp) ?? ''];
    const seconds = (Date.parse(end) - Date.parse(start)) / 1000;
    return create(
      'tr',
      {},
      create('td', {}, String(number(row.session_index))),
      create('td', {}, this.link('sessions', id, shortId(id))),
      create('td', {}, dateAndTime(start)),
      create('td', {}, Number.isNaN(seconds) ? '' : duration(seconds)),
      create('td', {}, source(row)),
    );
  }

  private link(kind: 'users' | 'sessions', id: string, label = id): HTMLElement {
    return create('button', { type: 'button', class: 'link', title: id, click: () => void this.open(kind, id) }, label);
  }
}

const label = (name: string): string => name.replace(/_in_s$/, '').replace(/_tstamp$/, '').replaceAll('_', ' ');
