import { byId, create } from '../dom';
import { quoted, type Schema, type SchemaColumn, type SchemaFunction, type SchemaTable } from './schema';
import { ask } from './server';
import { cellText } from './text';

/** The tables with their columns, types and values that occur, and the functions. A click writes the name into the query. */
export class Tree {
  private readonly tree = byId('tree');
  private readonly filter = byId<HTMLInputElement>('tree-filter');
  private schema: Schema = { tables: [], functions: [], shown: null };

  constructor(private readonly insert: (text: string) => void) {
    this.filter.addEventListener('input', () => this.draw());
  }

  show(schema: Schema): void {
    this.schema = schema;
    this.draw();
  }

  fail(message: string): void {
    this.tree.replaceChildren(create('p', { class: 'error' }, message));
  }

  private draw(): void {
    const wanted = this.filter.value.trim().toLowerCase();
    const has = (text: string): boolean => text.toLowerCase().includes(wanted);
    const tables = this.schema.tables.filter((table) => has(table.name) || table.columns.some((column) => has(column.name)));
    const functions = this.schema.functions.filter((found) => has(found.name) || has(found.doc));
    this.tree.replaceChildren(
      ...tables.map((table) => this.table(table, wanted !== '' && !has(table.name), has)),
      ...(functions.length > 0 ? [create('h3', {}, 'Functions')] : []),
      ...functions.map((found) => this.function(found)),
      ...(tables.length + functions.length === 0 ? [create('p', { class: 'empty' }, 'Nothing has such a name.')] : []),
    );
  }

  private table(table: SchemaTable, isOpen: boolean, has: (text: string) => boolean): HTMLElement {
    const element = create('details', isOpen ? { open: '' } : {}, create('summary', { title: table.doc }, create('span', { class: 'name' }, table.name), this.use(quoted(table.name), table.name)));
    const columns = isOpen ? table.columns.filter((column) => has(column.name)) : table.columns;
    // 131 columns of a closed table need no elements.
    const fill = (): void => {
      if (element.childElementCount === 1) element.append(...columns.map((column) => this.column(table, column)));
    };
    element.addEventListener('toggle', fill);
    if (isOpen) fill();
    return element;
  }

  private column(table: SchemaTable, column: SchemaColumn): HTMLElement {
    const summary = create('summary', { title: column.doc || column.name }, create('span', { class: 'name' }, column.name), create('span', { class: 'type' }, column.type), this.use(quoted(column.name), column.name));
    const element = create('details', { class: 'column' }, summary);
    element.addEventListener('toggle', () => {
      if (element.childElementCount > 1) return;
      const values = create('div', { class: 'values' }, create('p', { class: 'empty' }, '…'));
      element.append(values);
      void this.sample(table, column, values);
    });
    return element;
  }

  /** The values that occur most; of numbers and times the least and the greatest. */
  private async sample(table: SchemaTable, column: SchemaColumn, values: HTMLElement): Promise<void> {
    const [from, name] = [quoted(table.name), quoted(column.name)];
    const isRange = ['datetime', 'timespan', 'int', 'long', 'real', 'decimal'].includes(column.type);
    const query = isRange
      ? `${from} | summarize least = min(${name}), greatest = max(${name})`
      : `${from} | extend value = tostring(${name}) | where isnotempty(value) | summarize rows = count() by value | top 8 by rows`;
    try {
      const rows = (await ask(query))[0]!.rows;
      const lines = isRange
        ? ['least', 'greatest'].map((word, i) => [cellText(rows[0]?.[i], column.type), word])
        : rows.map((row) => [String(row[0]), Number(row[1]).toLocaleString('en')]);
      const found = lines.filter(([value]) => value !== '');
      values.replaceChildren(
        ...found.map(([value, note]) => create('p', { title: value! }, create('span', { class: 'value' }, value!), create('span', { class: 'type' }, note!))),
        ...(found.length === 0 ? [create('p', { class: 'empty' }, 'No values yet.')] : []),
      );
    } catch (error) {
      values.replaceChildren(create('p', { class: 'error' }, error instanceof Error ? error.message : String(error)));
    }
  }

  private function(found: SchemaFunction): HTMLElement {
    return create(
      'details',
      { class: 'function' },
      create('summary', { title: found.doc }, create('span', { class: 'name' }, found.name), this.use(found.call, found.name)),
      ...found.parameters.map((parameter) => create('p', { class: 'type' }, parameter)),
      create('p', { class: 'note' }, found.doc),
    );
  }

  private use(text: string, name: string): HTMLElement {
    const button = create('button', { type: 'button', class: 'use', title: `Write ${name} into the query`, 'aria-label': `Write ${name} into the query` }, '+');
    button.addEventListener('click', (event) => {
      // Within a summary, which would open or close.
      event.preventDefault();
      this.insert(text);
    });
    return button;
  }
}
