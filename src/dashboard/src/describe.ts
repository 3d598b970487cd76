import { count, duration, number, path, shortId, text } from './format';
import type { Row } from './types';

interface Description {
  title: string;
  line: string;
  figures: string[];
}

const plural = (value: unknown, one: string): string => `${count(number(value))} ${one}${number(value) === 1 ? '' : 's'}`;

/** Views by what was viewed: pages, screens, or both; a row without either says nothing. */
const views = (row: Row): string[] => {
  const screens = number((row.event_counts as Row | undefined)?.screen_view);
  return [
    ...(number(row.page_views) > 0 ? [plural(row.page_views, 'page view')] : []),
    ...(screens > 0 ? [plural(screens, 'screen view')] : []),
  ];
};

/** Where a visit came from: the campaign, else the referrer. */
export const source = (row: Row): string => {
  const campaign = [text(row.mkt_source), text(row.mkt_medium)].filter(Boolean).join(' / ');
  return campaign || text(row.refr_source) || text(row.refr_urlhost) || 'direct';
};

/** A session in three lines: who, from where to where, how much. */
export function describeSession(row: Row): Description {
  const user = text(row.user_id) ?? text(row.user_identifier);
  const [first, last] = [path(text(row.first_page_url)), path(text(row.last_page_url))];
  const pages = first ? (last && last !== first ? `${first} → ${last}` : first) : 'no page';
  return {
    title: user ? shortId(user) : 'anonymous',
    line: `${pages} · ${source(row)}`,
    figures: [...views(row), plural(row.total_events, 'event'), `${duration(number(row.engaged_time_in_s))} engaged`],
  };
}

/** A user in three lines: who, first touch, how much. */
export function describeUser(row: Row): Description {
  const id = text(row.user_id) ?? text(row.user_identifier) ?? '';
  return {
    title: shortId(id),
    line: `first touch: ${source(row)}`,
    figures: [plural(row.sessions, 'session'), ...views(row), plural(row.total_events, 'event')],
  };
}
