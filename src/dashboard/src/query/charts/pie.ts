import type { ChartData } from './data';
import { colour, short, svg } from './svg';
import type { Tooltip } from './tooltip';

/** A part of a whole. */
export interface Slice {
  name: string;
  value: number;
}

const mostSlices = 12;

/** The parts that a result has, the greatest first; the smallest beyond some number are one. */
export function slices(data: ChartData): Slice[] {
  const values = new Map<string, number>();
  for (const series of data.series) {
    for (const point of series.points) {
      const name = data.axis === 'category' ? data.categories[point.x]! : point.label;
      values.set(name, (values.get(name) ?? 0) + Math.max(0, point.y));
    }
  }
  const all = [...values].map(([name, value]) => ({ name, value })).sort((a, b) => b.value - a.value);
  if (all.length <= mostSlices) return all;
  const rest = all.slice(mostSlices - 1).reduce((sum, slice) => sum + slice.value, 0);
  return [...all.slice(0, mostSlices - 1), { name: 'others', value: rest }];
}

/** Draws a ring of parts. */
export function pie(parts: Slice[], width: number, height: number, tooltip: Tooltip): SVGElement {
  const [x, y, radius] = [width / 2, height / 2, Math.max(20, Math.min(width, height) / 2 - 14)];
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let angle = -Math.PI / 2;
  const arcs = parts.map((part, i) => {
    const from = angle;
    angle += Math.min(0.999_999, part.value / total) * 2 * Math.PI;
    const arc = svg('path', { d: ring(x, y, radius, radius * 0.58, from, angle), fill: colour(i), class: 'slice' });
    arc.addEventListener('pointermove', (event) => {
      const box = (event.currentTarget as SVGElement).ownerSVGElement!.getBoundingClientRect();
      const pointer = event as PointerEvent;
      tooltip.show(pointer.clientX - box.left, pointer.clientY - box.top, part.name, [{ text: share(part.value, total), value: short(part.value) }]);
    });
    arc.addEventListener('pointerleave', () => tooltip.hide());
    return arc;
  });
  const sum = svg('text', { x, y: y + 7, 'text-anchor': 'middle', class: 'sum' }, short(parts.reduce((all, part) => all + part.value, 0)));
  return svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' }, ...arcs, sum);
}

/** A part in percent. */
export const share = (value: number, total: number): string => `${((100 * value) / (total || 1)).toFixed(1)} %`;

function ring(x: number, y: number, outer: number, inner: number, from: number, to: number): string {
  const at = (radius: number, angle: number): string => `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return `M ${at(outer, from)} A ${outer} ${outer} 0 ${large} 1 ${at(outer, to)} L ${at(inner, to)} A ${inner} ${inner} 0 ${large} 0 ${at(inner, from)} Z`;
}
