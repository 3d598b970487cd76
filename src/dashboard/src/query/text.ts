import type { Column, Result, Value } from './server';

/** A value as the grid shows it. */
export function cellText(value: Value, type: string): string {
  if (value === null || value === undefined) return '';
  if (type === 'datetime') return String(value).replace('T', ' ').replace('Z', '');
  return plainText(value);
}

/** A value as a text for other programs. */
export function plainText(value: Value): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const isNumeric = (column: Column): boolean => ['int', 'long', 'real', 'decimal'].includes(column.type);

/** The number of a value; NaN where it is none. Decimals, and what JSON has no number for, are texts. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : NaN;
}

/** Orders values of a type; null comes first. */
export function compare(a: Value, b: Value, type: string): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (['int', 'long', 'real', 'decimal'].includes(type)) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1;
    return x - y;
  }
  if (type === 'timespan') return timespanSeconds(String(a)) - timespanSeconds(String(b));
  const [x, y] = [plainText(a), plainText(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Seconds of [-][d.]hh:mm:ss[.fffffff]. */
export function timespanSeconds(text: string): number {
  const match = /^(-?)(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return NaN;
  const [, sign, days, hours, minutes, seconds] = match;
  return (sign ? -1 : 1) * (Number(days ?? 0) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** CSV (RFC 4180) with a header. */
export function csv(result: Result, rows: Value[][]): string {
  const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines(result, rows, ',', quote);
}

/** Columns separated by tabs, as spreadsheets take them from the clipboard. */
export const tsv = (result: Result, rows: Value[][]): string => lines(result, rows, '\t', (text) => text.replace(/[\t\r\n]+/g, ' '));

function lines(result: Result, rows: Value[][], separator: string, cell: (text: string) => string): string {
  const head = result.columns.map((column) => cell(column.name)).join(separator);
  return [head, ...rows.map((row) => row.map((value) => cell(plainText(value))).join(separator))].join('\n') + '\n';
}
