import { byId } from './dom';
import { count, rate } from './format';
import { Sparkline } from './sparkline';
import type { Stats } from './types';

const summaryInterval = 15_000;

/** The row of numbers at the top, and the spoken summary for those who cannot see them move. */
export class Counters {
  private readonly sparkline = new Sparkline(byId<SVGElement>('sparkline'));
  private summarised = 0;

  show(stats: Stats): void {
    byId('rate').textContent = rate(stats.events_per_second);
    byId('good').textContent = count(stats.good_total);
    byId('bad').textContent = count(stats.bad_total);
    byId('lag').textContent = count(stats.lag);
    const total = stats.good_total + stats.bad_total;
    byId('bad-share').textContent = total > 0 ? `${((100 * stats.bad_total) / total).toFixed(2)} % of all` : '\u00a0';
    this.sparkline.add(stats.events_per_second);
    this.summarise(stats);
  }

  private summarise(stats: Stats): void {
    const now = Date.now();
    if (now - this.summarised < summaryInterval) return;
    this.summarised = now;
    byId('summary').textContent =
      `${rate(stats.events_per_second)} events per second, ${count(stats.good_total)} enriched events, ${count(stats.bad_total)} bad rows.`;
  }
}
