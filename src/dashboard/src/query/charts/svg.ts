const namespace = 'http://www.w3.org/2000/svg';

/** Creates an element of SVG; children that are strings become text. */
export function svg(tag: string, attributes: Record<string, string | number> = {}, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  element.append(...children);
  return element;
}

/** The colour of a series, from the style sheet, so that it suits the dark as well. */
export const colour = (series: number): string => `var(--series-${(series % 10) + 1})`;

/** A number as people read it: 1,234.5, 1.2M. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100_000) return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 6 }).format(value);
}
