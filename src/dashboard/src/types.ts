/** What the server sends on /api/live and answers on /api/sessions/{id} and /api/users/{id}. */

export interface LiveEvent {
  event_id: string | null;
  event_name: string | null;
  event: string | null;
  app_id: string | null;
  platform: string | null;
  collector_tstamp: string | null;
  page_url: string | null;
  page_title: string | null;
  user: string | null;
  session: string | null;
}

export interface BadRow {
  schema: string;
  message: string;
  event_id: string | null;
  failure_tstamp: string;
}

export interface Batch {
  partition: string;
  from: number;
  up_to: number;
  good: number;
  bad: number;
  events: LiveEvent[];
  bad_rows: BadRow[];
}

/** What was shown last, sent once at the beginning; the oldest first. */
export interface Recent {
  events: LiveEvent[];
  bad_rows: BadRow[];
}

export interface Stats {
  events_per_second: number;
  good_total: number;
  bad_total: number;
  lag: number;
}

/** A row of the sessions or users table: columns in snake_case, null where empty. */
export type Row = Record<string, unknown>;
