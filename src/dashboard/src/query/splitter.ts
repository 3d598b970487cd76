import { byId } from '../dom';

const key = 'snowplow.query.split';
const [least, most] = [10, 85];

/** The line between editor and results, which the pointer or the arrow keys move. */
export class Splitter {
  private readonly line = byId('split');
  private readonly main = byId('main');
  private percent = Number(localStorage.getItem(key) ?? 40);

  constructor() {
    this.place(this.percent);
    this.line.addEventListener('pointerdown', (event) => this.line.setPointerCapture(event.pointerId));
    this.line.addEventListener('pointermove', (event) => {
      if (!this.line.hasPointerCapture(event.pointerId)) return;
      const box = this.main.getBoundingClientRect();
      this.place((100 * (event.clientY - box.top)) / box.height);
    });
    this.line.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      this.place(this.percent + (event.key === 'ArrowUp' ? -4 : 4));
      event.preventDefault();
    });
  }

  private place(percent: number): void {
    this.percent = Math.min(most, Math.max(least, percent));
    this.main.style.setProperty('--split', `${this.percent}%`);
    this.line.setAttribute('aria-valuenow', String(Math.round(this.percent)));
    localStorage.setItem(key, String(this.percent));
  }
}
