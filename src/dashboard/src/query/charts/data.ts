import type { Column, Result, Value, Visualization } from '../server';
import { cellText, isNumeric, numberOf, plainText } from '../text';

/** A line, or the bars of one colour. Points of a time or number axis are in its order. */
export interface Series {
  name: string;
  points: { x: number; label: string; y: number }[];
}

/** What a chart with axes shows. x of points: milliseconds of a time axis, numbers, or places in the list of categories. */
export interface ChartData {
  axis: 'time' | 'number' | 'category';
  categories: string[];
  series: Series[];
  xName: string;
  yName: string;
  /** Series that were left out, as no one could tell so many apart. */
  omitted: number;
}

/** Why a result cannot be drawn as a chart of some kind. */
export class NoChart extends Error {}

const mostSeries = 40;
const mostCategories = 60;

/**
 * The series of a result as render has it: an axis (XColumn, or by kind the first column, the first time or number), a series for each column of numbers
 * (YColumns) and each combination of the other texts (Series).
 */
export function chartData(result: Result, kind: string, options: Visualization): ChartData {
  const { columns, rows } = expanded(result);
  const x = axisColumn(columns, kind, options);
  const listed = (names: string | null | undefined): number[] => (names ? names.split(',').map((name) => find(columns, name.trim())) : []);
  const y = options.YColumns ? listed(options.YColumns) : columns.flatMap((column, i) => (i !== x && isNumeric(column) ? [i] : []));
  if (y.length === 0) throw new NoChart('A chart needs a column of numbers beside its axis.');
  const by = options.Series ? listed(options.Series) : columns.flatMap((column, i) => (i !== x && !y.includes(i) && ['string', 'bool', 'guid'].includes(column.type) ? [i] : []));
  const axis = columns[x]!.type === 'datetime' ? 'time' : isNumeric(columns[x]!) && !isBars(kind) ? 'number' : 'category';
  const categories: string[] = [];
  const places = new Map<string, number>();
  const series = new Map<string, Series>();
  for (const row of rows) {
    const label = cellText(row[x], columns[x]!.type);
    const at = axis === 'category' ? place(label) : axis === 'time' ? Date.parse(plainText(row[x])) : numberOf(row[x]);
    if (Number.isNaN(at)) continue;
    for (const column of y) {
      const value = numberOf(row[column]);
      if (!Number.isFinite(value)) continue;
      const parts = by.map((i) => plainText(row[i]) || '(empty)');
      const name = [...parts, ...(y.length > 1 || by.length === 0 ? [columns[column]!.name] : [])].join(' · ');
      if (!series.has(name)) series.set(name, { name, points: [] });
      series.get(name)!.points.push({ x: at, label, y: value });
    }
  }
  if (series.size === 0) throw new NoChart('There is no row to draw.');
  const all = [...series.values()];
  if (axis !== 'category') for (const each of all) each.points.sort((a, b) => a.x - b.x);
  const total = (each: Series): number => each.points.reduce((sum, point) => sum + Math.abs(point.y), 0);
  const shown = all.length > mostSeries ? [...all].sort((a, b) => total(b) - total(a)).slice(0, mostSeries) : all;
  const xName = options.XTitle ?? columns[x]!.name;
  const yName = options.YTitle ?? (y.length === 1 ? columns[y[0]!]!.name : '');
  return { axis, categories, series: shown, xName, yName, omitted: all.length - shown.length };

  function place(label: string): number {
    if (!places.has(label)) {
      if (categories.length >= mostCategories && kind !== 'piechart') return NaN;
      places.set(label, categories.length);
      categories.push(label === '' ? '(empty)' : label);
    }
    return places.get(label)!;
  }
}

/** Whether a kind draws bars, for which numbers on the axis are names. */
export const isBars = (kind: string): boolean => ['barchart', 'columnchart', 'piechart'].includes(kind);

function axisColumn(columns: Column[], kind: string, options: Visualization): number {
  if (options.XColumn) return find(columns, options.XColumn);
  const time = columns.findIndex((column) => column.type === 'datetime');
  if (kind === 'timechart' && time < 0) throw new NoChart('A time chart needs a column of type datetime.');
  if (kind === 'piechart') return Math.max(0, columns.findIndex((column) => !isNumeric(column)));
  if (isBars(kind) && time < 0) return Math.max(0, columns.findIndex((column) => !isNumeric(column)));
  if (time >= 0 && kind !== 'scatterchart') return time;
  return kind === 'scatterchart' || isNumeric(columns[0]!) ? 0 : Math.max(0, columns.findIndex((column) => isNumeric(column) || column.type === 'string'));
}

function find(columns: Column[], name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index < 0) throw new NoChart(`There is no column '${name}' to draw.`);
  return index;
}

/** The rows of make-series, whose arrays stand for a row each, as rows. */
function expanded(result: Result): Pick<Result, 'columns' | 'rows'> {
  const sample = result.rows[0];
  const arrays = result.columns.flatMap((column, i) => (column.type === 'dynamic' && Array.isArray(sample?.[i]) ? [i] : []));
  if (arrays.length === 0) return result;
  const columns = result.columns.map((column, i) => (arrays.includes(i) ? { name: column.name, type: typeOf((sample![i] as Value[])[0]) } : column));
  const rows = result.rows.flatMap((row) => {
    const length = Math.max(...arrays.map((i) => (Array.isArray(row[i]) ? (row[i] as Value[]).length : 0)));
    return Array.from({ length }, (_, at) => row.map((value, i) => (arrays.includes(i) && Array.isArray(value) ? (value as Value[])[at] ?? null : value)));
  });
  return { columns, rows };
}

function typeOf(value: Value): string {
  if (typeof value === 'number') return 'real';
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? 'datetime' : 'string';
}
