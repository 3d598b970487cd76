/** Where values lie on a line of pixels, and which of them are written beside it. */
export interface Scale {
  at: (value: number) => number;
  ticks: { value: number; text: string }[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [1000, 5000, 15_000, 30_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 30 * day, 91 * day, 365 * day];

/** A scale of numbers, which begins and ends at round ones unless told otherwise. */
export function numberScale(least: number, most: number, from: number, to: number, count: number, format: (value: number) => string): Scale {
  const span = most - least || Math.abs(most) || 1;
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const [low, high] = [Math.floor(least / step + 1e-9) * step, Math.max(Math.ceil(most / step - 1e-9) * step, Math.floor(least / step + 1e-9) * step + step)];
  const ticks = [];
  for (let i = 0; low + i * step <= high + step / 1e6; i++) ticks.push({ value: low + i * step, text: format(Math.round((low + i * step) / step) * step) });
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), ticks };
}

/** A scale of milliseconds in UTC, whose ticks are whole minutes, hours, days or months. */
export function timeScale(least: number, most: number, from: number, to: number, count: number): Scale {
  const [low, high] = most > least ? [least, most] : [least - hour / 2, least + hour / 2];
  const step = timeSteps.find((size) => (high - low) / size <= count) ?? 365 * day;
  const ticks = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) ticks.push({ value, text: timeText(value, step) });
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), ticks };
}

/** A scale of n categories: the middle of each. */
export function bandScale(names: readonly string[], from: number, to: number, count: number): Scale {
  const width = (to - from) / Math.max(1, names.length);
  const every = Math.max(1, Math.ceil(names.length / Math.max(1, count)));
  return {
    at: (value) => from + (value + 0.5) * width,
    ticks: names.flatMap((text, value) => (value % every === 0 ? [{ value, text }] : [])),
  };
}

function timeText(value: number, step: number): string {
  const [date, time] = new Date(value).toISOString().slice(0, 19).split('T') as [string, string];
  if (step >= 30 * day) return date.slice(0, 7);
  if (step >= day || time === '00:00:00') return date.slice(5);
  return step < minute ? time : time.slice(0, 5);
}
