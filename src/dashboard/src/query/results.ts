import { byId, create } from '../dom';
import { Chart, kindOf, kinds } from './charts/chart';
import { Grid } from './grid';
import { RecordDialog } from './record';
import type { QueryError, Result } from './server';
import { joinTabs } from './tabs';
import { csv, tsv } from './text';

/** The results of a query: a tab each, as a table or a chart, to be copied and exported. */
export class Results {
  private readonly area = byId('results');
  private readonly record = new RecordDialog();

  show(results: Result[]): void {
    if (results.length === 0) {
      this.area.replaceChildren(create('p', { class: 'empty' }, 'The query has no result.'));
      return;
    }
    const panes = results.map((result) => this.pane(result));
    if (panes.length === 1) this.area.replaceChildren(panes[0]!);
    else this.area.replaceChildren(tabs(results.map((result, i) => `Result ${i + 1} (${result.rows.length.toLocaleString('en')})`), panes), ...panes);
  }

  fail(error: QueryError): void {
    const places = error.problems.map((problem) => create('li', {}, create('code', {}, `${problem.code} ${problem.line}:${problem.position + 1}`), ` ${problem.message}`));
    this.area.replaceChildren(create('div', { class: 'failure', role: 'alert' }, create('h2', {}, 'The query has no answer'), places.length > 0 ? create('ul', {}, ...places) : create('p', {}, error.message)));
  }

  private pane(result: Result): HTMLElement {
    const grid = new Grid(result, (row) => this.record.show(result.columns, row));
    const body = create('div', { class: 'result-body' });
    const told = create('output', { 'aria-live': 'polite' });
    const view = create('select', { 'aria-label': 'Show as' }, create('option', { value: '' }, 'Table'), ...Object.entries(kinds).map(([kind, name]) => create('option', { value: kind }, name))) as HTMLSelectElement;
    view.value = kindOf(result) ?? '';
    const draw = (): void => body.replaceChildren(view.value === '' ? grid.element : new Chart(result, view.value).element);
    view.addEventListener('change', draw);
    draw();
    const size = `${result.rows.length.toLocaleString('en')} ${result.rows.length === 1 ? 'row' : 'rows'}`;
    const bar = create(
      'div',
      { class: 'bar' },
      view,
      create('span', { class: 'size' }, size),
      told,
      create('button', { type: 'button', click: () => void copy(tsv(result, grid.rows), told) }, 'Copy'),
      create('button', { type: 'button', click: () => download(csv(result, grid.rows)) }, 'Export CSV'),
    );
    return create('div', { class: 'result' }, bar, body);
  }
}

function tabs(names: string[], panes: HTMLElement[]): HTMLElement {
  const buttons = names.map((name) => create('button', { type: 'button', role: 'tab' }, name));
  joinTabs(buttons, panes);
  return create('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Results' }, ...buttons);
}

async function copy(text: string, told: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = 'Copied.';
  } catch {
    told.textContent = 'The browser does not let this page copy: export instead.';
  }
}

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = create('a', { href: address, download: 'result.csv' });
  link.click();
  URL.revokeObjectURL(address);
}
