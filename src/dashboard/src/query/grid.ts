import { create } from '../dom';
import type { Result, Value } from './server';
import { cellText, compare, isNumeric, plainText } from './text';

const rowHeight = 28;
/** Rows beyond the visible ones, so that a wheel's turn finds them drawn. */
const spare = 12;
const widths = { least: 64, most: 380, character: 8, padding: 30, sampled: 200 };

/**
 * Rows of a result: only those in sight are elements. A click on a column's name sorts by it; keys move the cell that has the focus, Enter opens
 * its row, Ctrl+C copies the cell.
 */
export class Grid {
  readonly element: HTMLElement;
  /** The rows in the order in which they are shown. */
  rows: Value[][];

  private readonly body = create('div', { class: 'grid-body', role: 'rowgroup' });
  private readonly head = create('div', { class: 'grid-row grid-head', role: 'row' });
  private readonly columns: number[];
  private sorted: { column: number; isDescending: boolean } | null = null;
  private active = { row: 0, column: 0 };

  constructor(
    private readonly result: Result,
    private readonly open: (row: Value[]) => void,
  ) {
    this.rows = result.rows;
    this.columns = result.columns.map((column, i) => {
      const longest = result.rows.slice(0, widths.sampled).reduce((most, row) => Math.max(most, cellText(row[i], column.type).length), column.name.length + 2);
      return Math.min(widths.most, Math.max(widths.least, longest * widths.character + widths.padding));
    });
    this.element = create('div', { class: 'grid', role: 'grid', 'aria-rowcount': String(result.rows.length + 1), 'aria-label': 'Result' }, this.head, this.body);
    this.element.style.setProperty('--columns', this.columns.map((width) => `${width}px`).join(' '));
    this.body.style.height = `${result.rows.length * rowHeight}px`;
    this.element.addEventListener('scroll', () => this.draw());
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('dblclick', (event) => this.openAt(event.target as HTMLElement));
    this.body.addEventListener('focusin', (event) => this.note(event.target as HTMLElement));
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.drawHead();
  }

  private drawHead(): void {
    this.head.replaceChildren(
      ...this.result.columns.map((column, i) => {
        const order = this.sorted?.column === i ? (this.sorted.isDescending ? 'descending' : 'ascending') : 'none';
        const mark = { ascending: ' ↑', descending: ' ↓', none: '' }[order];
        const button = create('button', { type: 'button', title: `${column.name}: ${column.type}`, click: () => this.sort(i) }, create('span', {}, column.name), mark);
        return create('div', { role: 'columnheader', class: isNumeric(column) ? 'number' : '', 'aria-sort': order }, button);
      }),
    );
  }

  private sort(column: number): void {
    const { type } = this.result.columns[column]!;
    const isDescending = this.sorted?.column === column ? !this.sorted.isDescending : isNumeric(this.result.columns[column]!);
    if (this.sorted?.column === column && isDescending === isNumeric(this.result.columns[column]!)) {
      // The third click has the order of the query again.
      this.sorted = null;
      this.rows = this.result.rows;
    } else {
      this.sorted = { column, isDescending };
      const direction = isDescending ? -1 : 1;
      this.rows = [...this.result.rows].sort((a, b) => direction * compare(a[column], b[column], type));
    }
    this.drawHead();
    this.body.replaceChildren();
    this.draw();
    this.head.querySelectorAll('button')[column]?.focus();
  }

  private draw(): void {
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - spare);
    const end = Math.min(this.rows.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowHeight) + spare);
    const drawn = new Map([...this.body.children].map((row) => [Number((row as HTMLElement).dataset['row']), row as HTMLElement]));
    for (const [i, row] of drawn) if ((i < first || i >= end) && !row.contains(document.activeElement)) row.remove();
    for (let i = first; i < end; i++) if (!drawn.has(i)) this.body.append(this.row(i));
    if (!this.body.querySelector('[tabindex="0"]')) this.cell(this.active.row, this.active.column)?.setAttribute('tabindex', '0');
  }

  private row(i: number): HTMLElement {
    const values = this.rows[i]!;
    const cells = this.result.columns.map((column, c) => {
      const text = cellText(values[c], column.type);
      const isNull = values[c] === null && column.type !== 'string';
      const kind = isNull ? 'null' : isNumeric(column) ? 'number' : column.type === 'dynamic' ? 'json' : '';
      // Long texts are cut by the cell; beyond some length they would only cost.
      return create('div', { role: 'gridcell', class: kind, tabindex: i === this.active.row && c === this.active.column ? '0' : '-1' }, isNull ? 'null' : text.slice(0, 500));
    });
    const row = create('div', { class: 'grid-row', role: 'row', 'data-row': String(i), 'aria-rowindex': String(i + 2) }, ...cells);
    row.style.top = `${i * rowHeight}px`;
    return row;
  }

  private cell(row: number, column: number): HTMLElement | undefined {
    return this.body.querySelector(`[data-row="${row}"]`)?.children[column] as HTMLElement | undefined;
  }

  private note(cell: HTMLElement): void {
    const row = Number(cell.parentElement?.dataset['row']);
    if (Number.isNaN(row)) return;
    this.cell(this.active.row, this.active.column)?.setAttribute('tabindex', '-1');
    this.active = { row, column: [...cell.parentElement!.children].indexOf(cell) };
    cell.setAttribute('tabindex', '0');
  }

  private openAt(element: HTMLElement): void {
    const row = element.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (row !== undefined) this.open(this.rows[Number(row)]!);
  }

  private key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 2);
    const { row, column } = this.active;
    const [rows, columns] = [this.rows.length - 1, this.result.columns.length - 1];
    const moves: Record<string, [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? rows : row, columns],
    };
    const move = moves[event.key];
    if (move) this.go(Math.min(rows, Math.max(0, move[0])), Math.min(columns, Math.max(0, move[1])));
    else if (event.key === 'Enter') this.openAt(event.target as HTMLElement);
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) void navigator.clipboard?.writeText(plainText(this.rows[row]?.[column]));
    else return;
    event.preventDefault();
  }

  private go(row: number, column: number): void {
    const [top, bottom] = [row * rowHeight, (row + 2) * rowHeight];
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (bottom > this.element.scrollTop + this.element.clientHeight) this.element.scrollTop = bottom - this.element.clientHeight;
    this.draw();
    this.cell(row, column)?.focus({ preventScroll: true });
    this.cell(row, column)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
