const points = 120;

/** A line of the last two minutes, one value a second. */
export class Sparkline {
  private readonly values: number[] = [];

  constructor(private readonly svg: SVGElement) {}

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > points) this.values.shift();
    this.draw();
  }

  private draw(): void {
    const top = Math.max(1, ...this.values);
    const left = points - this.values.length;
    const line = this.values.map((value, i) => `${left + i} ${(38 - (value / top) * 36).toFixed(1)}`);
    const path = (d: string, name: string): SVGPathElement => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      element.setAttribute('d', d);
      element.setAttribute('class', name);
      return element;
    };
    this.svg.replaceChildren(
      path(`M ${left} 40 L ${line.join(' L ')} L ${points - 1} 40 Z`, 'area'),
      path(`M ${line.join(' L ')}`, 'line'),
    );
  }
}
