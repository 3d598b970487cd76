import type { Visualization } from '../server';
import { numberOf } from '../text';
import { isBars, type ChartData } from './data';
import { bandScale, numberScale, timeScale, type Scale } from './scale';
import { placed, type Placed } from './stack';
import { colour, short, svg } from './svg';
import type { Tooltip } from './tooltip';

const characterWidth = 6.6;
const mostTooltipLines = 14;

/** Draws a chart with axes into a box of some size: lines, areas, points, columns, or bars, which lie. */
export function plot(data: ChartData, kind: string, options: Visualization, width: number, height: number, colours: Map<string, number>, tooltip: Tooltip): SVGElement {
  const isLying = kind === 'barchart';
  const stacking = kind === 'stackedareachart' ? 'stacked' : options.Kind;
  const rows = placed(data, stacking);
  const all = rows.flat();
  const [least, most] = bounds(all, kind, options);
  const longest = Math.max(...data.categories.map((name) => name.length), 4);
  const valueWidth = Math.max(short(least).length, short(most).length, 4) * characterWidth;
  const area = {
    left: 14 + (data.yName && !isLying ? 14 : 0) + (isLying ? Math.min(longest * characterWidth, width * 0.35) : valueWidth),
    top: 10,
    right: width - 14,
    bottom: height - 26 - (data.xName ? 16 : 0),
  };
  const places = [...new Set(all.map((point) => point.x))].sort((a, b) => a - b);
  const gap = places.length > 1 ? Math.min(...places.slice(1).map((x, i) => x - places[i]!)) : data.axis === 'time' ? 60_000 : 1;
  const room = isBars(kind) && data.axis !== 'category' ? gap / 2 : 0;
  const [start, end] = isLying ? [area.top, area.bottom] : [area.left, area.right];
  const count = isLying ? (end - start) / 16 : (end - start) / (data.axis === 'category' ? Math.min(140, longest * characterWidth + 14) : 80);
  const axis: Scale =
    data.axis === 'category' ? bandScale(data.categories, start, end, count)
    : data.axis === 'time' ? timeScale(places[0]! - room, places.at(-1)! + room, start, end, count)
    : numberScale(places[0]!, places.at(-1)!, start, end, count, short);
  const values = isLying
    ? numberScale(least, most, area.left, area.right, (area.right - area.left) / 90, short)
    : numberScale(least, most, area.bottom, area.top, (area.bottom - area.top) / 42, short);
  const band = data.axis === 'category' ? (end - start) / Math.max(1, data.categories.length) : Math.abs(axis.at(gap) - axis.at(0));

  const marks = rows.map((points, i) => {
    const fill = colour(colours.get(data.series[i]!.name) ?? i);
    if (isBars(kind)) return bars(points, axis, values, band, stacking ? 0 : i, stacking ? 1 : rows.length, isLying, fill);
    if (kind === 'scatterchart') return svg('g', { fill, class: 'dots' }, ...points.map((point) => svg('circle', { cx: axis.at(point.x), cy: values.at(point.to), r: 3.5 })));
    return line(points, axis, values, kind.includes('area'), fill);
  });
  const chart = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' }, ...grid(axis, values, area, isLying), ...marks, ...titles(data, area, width, height, isLying));
  const cursor = svg('line', { class: 'cursor', visibility: 'hidden' });
  chart.append(cursor);
  chart.addEventListener('pointermove', (event) => point(event as PointerEvent));
  chart.addEventListener('pointerleave', () => {
    tooltip.hide();
    cursor.setAttribute('visibility', 'hidden');
  });
  return chart;

  // The place nearest to the pointer, with the values of all series there.
  function point(event: PointerEvent): void {
    const box = chart.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const along = isLying ? y : x;
    const nearest = places.reduce((best, place) => (Math.abs(axis.at(place) - along) < Math.abs(axis.at(best) - along) ? place : best), places[0]!);
    const found = rows.flatMap((points, i) => points.filter((each) => each.x === nearest && each.label !== '').map((each) => ({ each, name: data.series[i]!.name, i })));
    const lines = found
      .sort((a, b) => b.each.y - a.each.y)
      .slice(0, mostTooltipLines)
      .map(({ each, name, i }) => ({ colour: colour(colours.get(name) ?? i), text: name, value: short(each.y) }));
    const place = axis.at(nearest);
    const ends = isLying ? { x1: area.left, x2: area.right, y1: place, y2: place } : { x1: place, x2: place, y1: area.top, y2: area.bottom };
    for (const [name, value] of Object.entries(ends)) cursor.setAttribute(name, String(value));
    cursor.setAttribute('visibility', isBars(kind) ? 'hidden' : 'visible');
    tooltip.show(x, y, found[0]?.each.label || (data.axis === 'category' ? data.categories[nearest]! : ''), lines);
  }
}

function bounds(points: Placed[], kind: string, options: Visualization): [number, number] {
  const given = [numberOf(options.Ymin), numberOf(options.Ymax)];
  const isFromZero = isBars(kind) || kind.includes('area');
  const least = Math.min(...chunked(points, (point) => Math.min(point.from, point.to), Math.min), ...(isFromZero ? [0] : []));
  const most = Math.max(...chunked(points, (point) => Math.max(point.from, point.to), Math.max), ...(isFromZero ? [0] : []));
  // Lines that stay well above zero need not begin there.
  const low = !isFromZero && kind !== 'scatterchart' && least > 0 && least < most / 2 ? 0 : kind === 'timechart' && least > 0 ? 0 : least;
  return [Number.isFinite(given[0]) ? given[0]! : low, Number.isFinite(given[1]) ? given[1]! : most];
}

// Arguments of a call are limited in number.
function chunked(points: Placed[], value: (point: Placed) => number, best: (...values: number[]) => number): number[] {
  const found = [];
  for (let i = 0; i < points.length; i += 10_000) found.push(best(...points.slice(i, i + 10_000).map(value)));
  return found;
}

function line(points: Placed[], axis: Scale, values: Scale, isArea: boolean, fill: string): SVGElement {
  const top = points.map((point) => `${axis.at(point.x).toFixed(1)},${values.at(point.to).toFixed(1)}`);
  const bottom = [...points].reverse().map((point) => `${axis.at(point.x).toFixed(1)},${values.at(point.from).toFixed(1)}`);
  return svg(
    'g',
    {},
    ...(isArea ? [svg('polygon', { points: [...top, ...bottom].join(' '), fill, class: 'area' })] : []),
    ...(points.length === 1 ? [svg('circle', { cx: axis.at(points[0]!.x), cy: values.at(points[0]!.to), r: 3.5, fill })] : []),
    svg('polyline', { points: top.join(' '), stroke: fill, class: 'line' }),
  );
}

function bars(points: Placed[], axis: Scale, values: Scale, band: number, index: number, count: number, isLying: boolean, fill: string): SVGElement {
  const size = Math.max(1, (band * 0.76) / count);
  const shapes = points.map((point) => {
    const start = axis.at(point.x) - (size * count) / 2 + index * size;
    const [a, b] = [values.at(point.from), values.at(point.to)];
    return isLying
      ? svg('rect', { x: Math.min(a, b), y: start, width: Math.max(0.5, Math.abs(b - a)), height: Math.max(1, size - 1) })
      : svg('rect', { x: start, y: Math.min(a, b), width: Math.max(1, size - (size > 4 ? 1 : 0)), height: Math.max(0.5, Math.abs(b - a)) });
  });
  return svg('g', { fill, class: 'bars' }, ...shapes);
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function grid(axis: Scale, values: Scale, area: Area, isLying: boolean): SVGElement[] {
  const lines = values.ticks.map(({ value }) => {
    const at = values.at(value);
    return isLying ? svg('line', { class: 'rule', x1: at, x2: at, y1: area.top, y2: area.bottom }) : svg('line', { class: 'rule', x1: area.left, x2: area.right, y1: at, y2: at });
  });
  const below = (isLying ? values : axis).ticks.map(({ value, text }) => {
    const x = (isLying ? values : axis).at(value);
    // A text at the end would be cut by the box.
    const isLast = x + (Math.min(text.length, 22) * characterWidth) / 2 > area.right + 12;
    return svg('text', { x: isLast ? area.right + 12 : x, y: area.bottom + 17, 'text-anchor': isLast ? 'end' : 'middle' }, cut(text, 22));
  });
  const beside = (isLying ? axis : values).ticks.map(({ value, text }) =>
    svg('text', { x: area.left - 8, y: (isLying ? axis : values).at(value) + 4, 'text-anchor': 'end' }, cut(text, Math.floor((area.left - 14) / characterWidth))),
  );
  return [...lines, ...below, ...beside];
}

function titles(data: ChartData, area: Area, width: number, height: number, isLying: boolean): SVGElement[] {
  const [below, beside] = isLying ? [data.yName, ''] : [data.xName, data.yName];
  const middle = (area.top + area.bottom) / 2;
  return [
    ...(below ? [svg('text', { class: 'name', x: (area.left + Math.min(area.right, width)) / 2, y: height - 6, 'text-anchor': 'middle' }, below)] : []),
    ...(beside ? [svg('text', { class: 'name', x: 12, y: middle, 'text-anchor': 'middle', transform: `rotate(-90 12 ${middle})` }, beside)] : []),
  ];
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, Math.max(1, length - 1))}…` : text);
