import type { ChartData } from './data';

/** A point with where its bar or area begins and ends on the axis of values. */
export interface Placed {
  x: number;
  label: string;
  y: number;
  from: number;
  to: number;
}

/** Puts series beside each other (each from 0), or on top of each other, as values or as shares of 100. */
export function placed(data: ChartData, stacking: string | null | undefined): Placed[][] {
  if (stacking !== 'stacked' && stacking !== 'stacked100') return data.series.map((series) => series.points.map((point) => ({ ...point, from: 0, to: point.y })));
  const totals = new Map<number, number>();
  for (const { points } of data.series) for (const point of points) totals.set(point.x, (totals.get(point.x) ?? 0) + Math.max(0, point.y));
  const ends = new Map<number, number>();
  return data.series.map((series) => {
    // Where a series has no point at a place that others have, it adds nothing there.
    const points = new Map(series.points.map((point) => [point.x, point]));
    const all = data.axis === 'category' ? series.points : [...totals.keys()].sort((a, b) => a - b).map((x) => points.get(x) ?? { x, label: '', y: 0 });
    return all.map((point) => {
      const share = stacking === 'stacked100' ? 100 / (totals.get(point.x) || 1) : 1;
      const from = ends.get(point.x) ?? 0;
      const to = from + Math.max(0, point.y) * share;
      ends.set(point.x, to);
      return { ...point, from, to };
    });
  });
}
