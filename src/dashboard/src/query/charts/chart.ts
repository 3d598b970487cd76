import { create } from '../../dom';
import type { Result } from '../server';
import { cellText, isNumeric, numberOf } from '../text';
import { chartData, NoChart, type ChartData } from './data';
import { map } from './map';
import { pie, share, slices } from './pie';
import { plot } from './plot';
import { colour, short } from './svg';
import { Tooltip } from './tooltip';

/** Kinds of charts by their names in render, with those that people read. */
export const kinds: Record<string, string> = {
  timechart: 'Time chart',
  linechart: 'Line chart',
  areachart: 'Area chart',
  stackedareachart: 'Stacked area chart',
  columnchart: 'Column chart',
  barchart: 'Bar chart',
  piechart: 'Pie chart',
  scatterchart: 'Scatter chart',
  card: 'Card',
  map: 'Map',
};

/** The kind of chart that a result asks for; null for a table. */
export function kindOf({ visualization: { Visualization: name, Kind: kind } }: Result): string | null {
  if (name === null || name === 'table') return null;
  if (kind === 'map') return 'map';
  // Anomalies are points of a time chart; ladders and pivots are not drawn.
  return name === 'anomalychart' ? 'timechart' : name in kinds ? name : null;
}

/** A result as a chart, which fills its element and follows its size. */
export class Chart {
  readonly element: HTMLElement;

  private readonly box = create('div', { class: 'chart-box' });
  private readonly legend = create('div', { class: 'legend' });
  private readonly tooltip = new Tooltip();
  private readonly hidden = new Set<string>();
  private drawing = 0;

  constructor(
    private readonly result: Result,
    private readonly kind: string,
  ) {
    const title = result.visualization.Title;
    this.element = create('div', { class: `chart ${kind}`, 'data-kind': kind }, ...(title ? [create('h3', {}, title)] : []), create('div', { class: 'chart-row' }, this.box, this.legend));
    new ResizeObserver(() => void this.draw()).observe(this.box);
  }

  private async draw(): Promise<void> {
    const turn = ++this.drawing;
    const [width, height] = [this.box.clientWidth, this.box.clientHeight];
    if (width < 40 || height < 40) return;
    try {
      const drawn = await this.drawn(width, height);
      if (turn !== this.drawing) return;
      this.tooltip.hide();
      this.box.replaceChildren(drawn, this.tooltip.element);
    } catch (error) {
      if (!(error instanceof NoChart)) throw error;
      this.legend.replaceChildren();
      this.box.replaceChildren(create('p', { class: 'empty' }, error.message));
    }
  }

  private async drawn(width: number, height: number): Promise<Element> {
    if (this.kind === 'card') return this.cards();
    if (this.kind === 'map') return map(this.result, width, height, this.tooltip);
    const data = chartData(this.result, this.kind, this.result.visualization);
    if (this.kind === 'piechart') {
      const parts = slices(data);
      const total = parts.reduce((sum, part) => sum + part.value, 0);
      this.showLegend(parts.map((part, i) => ({ name: part.name, index: i, note: share(part.value, total) })), false);
      return pie(parts, width, height, this.tooltip);
    }
    const colours = new Map(data.series.map((series, i) => [series.name, i]));
    this.showLegend(data.series.length > 1 ? data.series.map((series, i) => ({ name: series.name, index: i, note: '' })) : [], true, data.omitted);
    return plot({ ...data, series: this.visible(data) }, this.kind, this.result.visualization, width, height, colours, this.tooltip);
  }

  private visible(data: ChartData): ChartData['series'] {
    const shown = data.series.filter((series) => !this.hidden.has(series.name));
    return shown.length > 0 ? shown : data.series;
  }

  private cards(): HTMLElement {
    const row = this.result.rows[0];
    if (!row) throw new NoChart('There is no row to show.');
    const cards = this.result.columns.map((column, i) =>
      create('div', { class: 'figure' }, create('p', { class: 'figure-value' }, isNumeric(column) ? short(numberOf(row[i])) : cellText(row[i], column.type)), create('p', { class: 'note' }, column.name)),
    );
    return create('div', { class: 'figures' }, ...cards);
  }

  private showLegend(entries: { name: string; index: number; note: string }[], canHide: boolean, omitted = 0): void {
    if (this.result.visualization.Legend === 'hidden') return;
    this.legend.replaceChildren(
      ...entries.map(({ name, index, note }) => {
        const dot = create('span', { class: 'dot' });
        dot.style.background = colour(index);
        const content = [dot, create('span', { class: 'text' }, name), ...(note ? [create('span', { class: 'value' }, note)] : [])];
        if (!canHide) return create('p', { class: 'legend-entry', title: name }, ...content);
        const toggle = (): void => {
          if (!this.hidden.delete(name)) this.hidden.add(name);
          void this.draw();
        };
        return create('button', { type: 'button', class: 'legend-entry', 'aria-pressed': String(!this.hidden.has(name)), title: name, click: toggle }, ...content);
      }),
      ...(omitted > 0 ? [create('p', { class: 'note' }, `${omitted} smaller ones are not drawn.`)] : []),
    );
  }
}
