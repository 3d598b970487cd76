import type { Batch, Recent, Row, Stats } from './types';

export interface FeedHandlers {
  recent(recent: Recent): void;
  batch(batch: Batch): void;
  session(row: Row): void;
  user(row: Row): void;
  stats(stats: Stats): void;
  state(state: FeedState): void;
}

export type FeedState = { kind: 'connecting' } | { kind: 'live' } | { kind: 'lost'; retrySeconds: number };

const shortestWait = 1;
const longestWait = 30;
/** The server sends stats every second; silence means the connection is dead, which browsers notice late or never. */
const silenceLimit = 10_000;

/** Follows /api/live for as long as the page is open. Lost connections are made again, after growing waits. */
export class Feed {
  private source: EventSource | undefined;
  private wait = shortestWait;
  private silence = 0;

  constructor(private readonly handlers: FeedHandlers) {
    this.connect();
  }

  private connect(): void {
    this.handlers.state({ kind: 'connecting' });
    const source = new EventSource('/api/live');
    this.source = source;
    this.listen();
    source.onopen = () => {
      this.wait = shortestWait;
      this.handlers.state({ kind: 'live' });
    };
    source.onerror = () => this.reconnect();
    source.addEventListener('recent', (message) => this.handlers.recent(this.read(message)));
    source.addEventListener('batch', (message) => this.handlers.batch(this.read(message)));
    source.addEventListener('session', (message) => this.handlers.session(this.read(message)));
    source.addEventListener('user', (message) => this.handlers.user(this.read(message)));
    source.addEventListener('stats', (message) => this.handlers.stats(this.read(message)));
  }

  private read<T>(message: MessageEvent<string>): T {
    this.listen();
    return JSON.parse(message.data) as T;
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.reconnect(), silenceLimit);
  }

  private reconnect(): void {
    clearTimeout(this.silence);
    this.source?.close();
    this.handlers.state({ kind: 'lost', retrySeconds: this.wait });
    // Jitter keeps many open pages from coming back in the same moment after a restart.
    window.setTimeout(() => this.connect(), this.wait * 1000 * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, longestWait);
  }
}
