import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Result } from '../server';
import { isNumeric, numberOf, plainText } from '../text';
import { NoChart } from './data';
import { short, svg } from './svg';
import type { Tooltip } from './tooltip';

interface Country {
  name: string;
  code: string;
  path: string;
}

/** Draws the world with countries shaded by a number, or with points of longitude and latitude. */
export async function map(result: Result, width: number, height: number, tooltip: Tooltip): Promise<SVGElement> {
  const points = pointColumns(result);
  const place = points ? null : result.columns.findIndex((column) => column.type === 'string');
  if (place !== null && place < 0) throw new NoChart('A map needs a column of countries, or columns of longitude and latitude.');
  const countries = await world(width, height);
  const shapes = place === null ? countries.map((country) => svg('path', { d: country.path, class: 'country' })) : shaded(result, place, countries, tooltip);
  const dots = points ? dotsOf(result, points, width, height, tooltip) : [];
  return svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', class: 'map' }, ...shapes, ...dots);
}

/** Columns of longitude and latitude by their names, or the first two numbers, as scatterchart takes them. */
function pointColumns(result: Result): { longitude: number; latitude: number } | null {
  const named = (pattern: RegExp): number => result.columns.findIndex((column) => isNumeric(column) && pattern.test(column.name));
  const [longitude, latitude] = [named(/^lon|lon(gitude|g)?$/i), named(/^lat|lat(itude)?$/i)];
  if (longitude >= 0 && latitude >= 0) return { longitude, latitude };
  const reals = result.columns.flatMap((column, i) => (column.type === 'real' ? [i] : []));
  return reals.length >= 2 && !result.columns.some((column) => column.type === 'string') ? { longitude: reals[0]!, latitude: reals[1]! } : null;
}

function shaded(result: Result, place: number, countries: Country[], tooltip: Tooltip): SVGElement[] {
  const number = result.columns.findIndex(isNumeric);
  const values = new Map<string, number>();
  for (const row of result.rows) {
    const key = plainText(row[place]).trim().toLowerCase();
    values.set(key, (values.get(key) ?? 0) + (number < 0 ? 1 : numberOf(row[number]) || 0));
  }
  const most = Math.max(...values.values(), 1e-9);
  return countries.map((country) => {
    const value = values.get(country.code.toLowerCase()) ?? values.get(country.name.toLowerCase());
    const shape = svg('path', { d: country.path, class: value === undefined ? 'country' : 'country has' });
    if (value !== undefined) {
      // The root spreads the many small values that such numbers have.
      shape.style.fillOpacity = String(0.18 + 0.82 * Math.sqrt(Math.max(0, value) / most));
      hover(shape, tooltip, country.name, [{ text: result.columns[number]?.name ?? 'rows', value: short(value) }]);
    }
    return shape;
  });
}

function dotsOf(result: Result, columns: { longitude: number; latitude: number }, width: number, height: number, tooltip: Tooltip): SVGElement[] {
  const number = result.columns.findIndex((column, i) => isNumeric(column) && i !== columns.longitude && i !== columns.latitude);
  const text = result.columns.findIndex((column) => column.type === 'string');
  const most = Math.max(...result.rows.slice(0, 10_000).map((row) => (number < 0 ? 1 : numberOf(row[number]) || 0)), 1e-9);
  return result.rows.slice(0, 10_000).flatMap((row) => {
    const [longitude, latitude] = [numberOf(row[columns.longitude]), numberOf(row[columns.latitude])];
    if (row[columns.longitude] === null || row[columns.latitude] === null || Number.isNaN(longitude) || Number.isNaN(latitude)) return [];
    const [x, y] = project(longitude, latitude, width, height);
    const value = number < 0 ? 1 : numberOf(row[number]) || 0;
    const dot = svg('circle', { cx: x, cy: y, r: number < 0 ? 3.5 : 2.5 + 12 * Math.sqrt(Math.max(0, value) / most), class: 'dot' });
    const lines = number < 0 ? [] : [{ text: result.columns[number]!.name, value: short(value) }];
    hover(dot, tooltip, text < 0 ? `${latitude.toFixed(2)}, ${longitude.toFixed(2)}` : plainText(row[text]), lines);
    return [dot];
  });
}

function hover(shape: SVGElement, tooltip: Tooltip, title: string, lines: { text: string; value: string }[]): void {
  shape.addEventListener('pointermove', (event) => {
    const box = shape.ownerSVGElement!.getBoundingClientRect();
    const pointer = event as PointerEvent;
    tooltip.show(pointer.clientX - box.left, pointer.clientY - box.top, title, lines);
  });
  shape.addEventListener('pointerleave', () => tooltip.hide());
}

/** The countries of Natural Earth, fitted into a box. Loaded when a map is first drawn. */
async function world(width: number, height: number): Promise<Country[]> {
  const [atlas, codes] = await Promise.all([import('world-atlas/countries-110m.json'), import('i18n-iso-countries/codes.json')]);
  const topology = atlas.default as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const byNumber = new Map((codes.default as string[][]).map((code) => [code[2], code[0]!]));
  return feature(topology, topology.objects.countries).features.flatMap((country) => {
    const { geometry } = country;
    // Antarctica would take a fifth of the height, and has no visitors.
    if (country.properties.name === 'Antarctica' || (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')) return [];
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const path = polygons.flat().map((ring) => `M${unbroken(ring).map(([longitude, latitude]) => project(longitude, latitude, width, height).map((n) => n.toFixed(1)).join(',')).join('L')}Z`).join('');
    return [{ name: country.properties.name, code: byNumber.get(String(country.id).padStart(3, '0')) ?? '', path }];
  });
}

/** A ring that goes over the date line goes on beyond 180°, rather than around the world. */
function unbroken(ring: number[][]): [number, number][] {
  let before = ring[0]![0]!;
  return ring.map(([longitude, latitude]) => {
    before = longitude! + 360 * Math.round((before - longitude!) / 360);
    return [before, latitude!];
  });
}

/**
 * Equal Earth: areas are true, shapes nearly (B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of Geographical
 * Information Science 33, 2019). Fitted into a box from 84° north to 57° south.
 */
function project(longitude: number, latitude: number, width: number, height: number): [number, number] {
  const [x, y] = equalEarth(longitude, latitude);
  const [right] = equalEarth(180, 0);
  const [, top] = equalEarth(0, 84);
  const [, bottom] = equalEarth(0, -57);
  const scale = Math.min((width - 16) / (2 * right), (height - 16) / (top - bottom));
  return [width / 2 + x * scale, height / 2 + ((top + bottom) / 2 - y) * scale];
}

function equalEarth(longitude: number, latitude: number): [number, number] {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const [t2, t6] = [theta ** 2, theta ** 6];
  const x = (2 * Math.sqrt(3) * ((longitude * Math.PI) / 180) * Math.cos(theta)) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1));
  return [x, theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)];
}
