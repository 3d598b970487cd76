import { byId } from './dom';
import { schemaName } from './format';
import type { BadRow, LiveEvent } from './types';
import { uuid } from './uuid';

const path = '/com.snowplowanalytics.snowplow/tp2';
const patience = 10_000;

/** The form that sends an event the way a tracker does, and says when it has come out at the other end. */
export class TestEvent {
  private readonly kind = byId<HTMLSelectElement>('kind');
  private readonly result = byId('send-result');
  private readonly visitor = visitorId();
  private readonly session = uuid();
  private pending: { id: string; sent: number; timer: number } | undefined;

  constructor() {
    this.kind.addEventListener('change', () => this.showFields());
    byId<HTMLFormElement>('send').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send();
    });
    this.showFields();
  }

  /** Looks for the event that was sent among those that arrive, good or bad. */
  notice(events: LiveEvent[], badRows: BadRow[]): void {
    const pending = this.pending;
    if (!pending) return;
    const bad = badRows.find((row) => row.event_id === pending.id);
    if (!bad && !events.some((event) => event.event_id === pending.id)) return;
    this.forget();
    const after = `after ${Math.round(performance.now() - pending.sent)} ms`;
    if (bad) this.say(`Became a bad row (${schemaName(bad.schema).replaceAll('_', ' ')}) ${after}: ${bad.message}`, true);
    else this.say(`Arrived, enriched, ${after}.`);
  }

  private showFields(): void {
    for (const fields of document.querySelectorAll<HTMLFieldSetElement>('#send fieldset')) {
      fields.hidden = fields.dataset.kind !== this.kind.value;
      fields.disabled = fields.hidden;
    }
  }

  private async send(): Promise<void> {
    this.forget();
    const id = uuid();
    const sent = performance.now();
    try {
      const body = { schema: 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4', data: [this.event(id)] };
      this.pending = { id, sent, timer: window.setTimeout(() => this.giveUp(), patience) };
      const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json; charset=UTF-8' }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`The collector answered ${response.status}.`);
      if (this.pending?.id === id) this.say('Acknowledged; waiting for it to arrive…');
    } catch (error) {
      this.forget();
      this.say(error instanceof Error ? error.message : String(error), true);
    }
  }

  private event(id: string): Record<string, string> {
    const now = String(Date.now());
    const common = {
      e: this.kind.value, eid: id, tv: 'dashboard-0.1.0', tna: 'dashboard', p: 'web', aid: field('app'), dtm: now, stm: now,
      duid: this.visitor, sid: this.session, vid: '1', lang: navigator.language, res: `${screen.width}x${screen.height}`,
    };
    switch (this.kind.value) {
      case 'se':
        return { ...common, se_ca: field('category'), se_ac: field('action'), ...optional('se_la', 'label'), ...optional('se_va', 'value') };
      case 'ue':
        return { ...common, ue_pr: JSON.stringify({
          schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
          data: { schema: field('schema'), data: json() },
        }) };
      default:
        return { ...common, url: field('url'), ...optional('page', 'title') };
    }
  }

  private giveUp(): void {
    this.forget();
    this.say('Acknowledged, but not seen within 10 seconds: look among the bad rows.', true);
  }

  private forget(): void {
    clearTimeout(this.pending?.timer);
    this.pending = undefined;
  }

  private say(message: string, isError = false): void {
    this.result.textContent = message;
    this.result.classList.toggle('error', isError);
  }
}

const field = (id: string): string => byId<HTMLInputElement>(id).value.trim();

const optional = (parameter: string, id: string): Record<string, string> => (field(id) ? { [parameter]: field(id) } : {});

function json(): unknown {
  try {
    return JSON.parse(byId<HTMLTextAreaElement>('data').value);
  } catch (error) {
    throw new Error(`The data is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** The visitor's id, kept by the browser as the tracker's cookie would keep it. */
function visitorId(): string {
  const key = 'dashboard.duid';
  const id = localStorage.getItem(key) ?? uuid();
  localStorage.setItem(key, id);
  return id;
}
