const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (value: number): string => (value < 100_000 ? whole.format(value) : compact.format(value));

export const rate = (value: number): string => (value < 100 ? tenth.format(value) : whole.format(value));

/** The time of day of an ISO timestamp, in UTC. */
export const timeOfDay = (timestamp: string | null): string => {
  const date = timestamp ? new Date(timestamp) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(11, 19) : '';
};

/** Date and time of an ISO timestamp, in UTC. */
export const dateAndTime = (timestamp: string): string => {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().replace('T', ' ').slice(0, 19);
};

/** Seconds as people say them: 45 s, 3 min, 2 h 5 min. */
export const duration = (seconds: number): string => {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** Path and query of an address, without scheme and host. */
export const path = (url: string | null): string => {
  if (!url) return '';
  try {
    const parsed = new URL(url);
    return parsed.pathname;
  } catch {
    return url;
  }
};

/** An id for lists: the kind of a user key (`d:`) is left out, and of random ids only the beginning is shown. */
export const shortId = (id: string): string => {
  const bare = id.replace(/^[a-z]:/, '');
  return /^[0-9a-f-]{20,}/i.test(bare) ? `${bare.slice(0, 8)}…` : bare;
};

/** The name in an Iglu URI: iglu:vendor/NAME/jsonschema/1-0-0. */
export const schemaName = (schema: string): string => schema.split('/')[1] ?? schema;

export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
