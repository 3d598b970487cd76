import { BadRowList } from './badRowList';
import { Counters } from './counters';
import { describeSession, describeUser } from './describe';
import { Detail } from './detail';
import { byId } from './dom';
import { EventList } from './eventList';
import { Feed, type FeedState } from './feed';
import { PeopleList } from './peopleList';
import { showSnippet } from './snippet';
import { TestEvent } from './testEvent';

/** Lists change twice a second at most: faster, nobody can read them. */
const showInterval = 500;

const detail = new Detail();
const open = (kind: 'users' | 'sessions', id: string): void => void detail.open(kind, id);
const counters = new Counters();
const events = new EventList(open);
const sessions = new PeopleList('sessions', 'session_identifier', describeSession, open);
const users = new PeopleList('users', 'user_key', describeUser, open);
const badRows = new BadRowList();
const testEvent = new TestEvent();
const pause = byId<HTMLButtonElement>('pause');
let isPaused = false;

showSnippet();

pause.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  pause.textContent = isPaused ? 'Resume' : 'Pause';
});

window.setInterval(() => {
  if (isPaused || document.hidden) return;
  for (const list of [events, sessions, users, badRows]) list.show();
}, showInterval);

new Feed({
  recent(recent) {
    testEvent.notice(recent.events, recent.bad_rows);
    events.replace(recent.events);
    badRows.replace(recent.bad_rows);
  },
  batch(batch) {
    testEvent.notice(batch.events, batch.bad_rows);
    events.add(batch.events);
    badRows.add(batch.bad_rows);
  },
  session: (row) => sessions.add(row),
  user: (row) => users.add(row),
  stats: (stats) => counters.show(stats),
  state: showConnection,
});

function showConnection(state: FeedState): void {
  const connection = byId('connection');
  connection.dataset.state = state.kind;
  connection.querySelector('.text')!.textContent =
    state.kind === 'live' ? 'Live' : state.kind === 'connecting' ? 'Connecting…' : `Connection lost; next attempt in ${state.retrySeconds} s`;
}
