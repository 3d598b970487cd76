import { byId, create } from '../dom';
import type { Column, Value } from './server';
import { plainText } from './text';

/** The dialog with all values of a row, dynamic ones laid out. */
export class RecordDialog {
  private readonly dialog = byId<HTMLDialogElement>('record');

  constructor() {
    byId('record-close').addEventListener('click', () => this.dialog.close());
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  show(columns: Column[], row: Value[]): void {
    byId('record-title').textContent = 'Row';
    const pairs = columns.flatMap((column, i) => {
      const value = row[i];
      if (value === null || value === '') return [];
      const shown = typeof value === 'object' ? create('pre', {}, JSON.stringify(value, null, 2)) : plainText(value);
      return [create('dt', {}, column.name), create('dd', {}, shown)];
    });
    byId('record-body').replaceChildren(create('dl', {}, ...pairs), ...(pairs.length === 0 ? [create('p', { class: 'empty' }, 'All values are empty.')] : []));
    this.dialog.showModal();
  }
}
