import { byId } from '../dom';
import { showExamples } from './examples';
import { Results } from './results';
import { draft, Saved } from './saved';
import { loadSchema } from './schema';
import { ask, QueryError } from './server';
import { Splitter } from './splitter';
import { joinTabs } from './tabs';
import { Tree } from './tree';

const first = `// The query at the cursor is run: Shift+Enter.
events
| summarize events = count(), visitors = dcount(domain_userid) by event_name
| sort by events desc
`;

const results = new Results();
const status = byId('status');
const run = byId<HTMLButtonElement>('run');
const cancel = byId<HTMLButtonElement>('cancel');
let running: AbortController | null = null;

const sides = ['tables', 'examples', 'saved'];
joinTabs(
  sides.map((side) => byId(`tab-${side}`)),
  sides.map((side) => byId(`pane-${side}`)),
);
new Splitter();

// The editor is large: the page is there before it.
const { Editor } = await import('./editor');
const editor = new Editor(byId('editor'), draft.load() || first, () => void start(), draft.keep);
const tree = new Tree((text) => editor.insert(text));
const saved = new Saved((text) => editor.append(text));
showExamples((text) => {
  editor.append(text);
  void start();
});

run.addEventListener('click', () => void start());
cancel.addEventListener('click', () => running?.abort());
byId('save').addEventListener('click', () => {
  const selected = editor.selected;
  if (!selected) return;
  const name = prompt('Name of the query', firstWords(selected.text))?.trim();
  if (name) saved.add(name, selected.text);
});
document.documentElement.dataset['ready'] = 'true';

await showSchema();

async function start(): Promise<void> {
  const selected = editor.selected;
  if (!selected) {
    status.textContent = 'There is no query at the cursor.';
    return;
  }
  running?.abort();
  const turn = new AbortController();
  running = turn;
  const began = performance.now();
  cancel.hidden = false;
  status.textContent = 'Running…';
  editor.show([], selected);
  try {
    const answer = await ask(selected.text, turn.signal);
    status.textContent = `${((performance.now() - began) / 1000).toFixed(2)} s`;
    results.show(answer);
    // A command may have made a table or a function.
    if (selected.text.trimStart().startsWith('.') && !selected.text.trimStart().startsWith('.show')) await showSchema();
  } catch (error) {
    if (turn.signal.aborted) {
      if (running === turn) status.textContent = 'Cancelled.';
      return;
    }
    status.textContent = '';
    const failure = error instanceof QueryError ? error : new QueryError(String(error));
    editor.show(failure.problems, selected);
    results.fail(failure);
  } finally {
    if (running === turn) {
      running = null;
      cancel.hidden = true;
    }
  }
}

async function showSchema(): Promise<void> {
  try {
    const schema = await loadSchema();
    tree.show(schema);
    await editor.setSchema(schema.shown);
  } catch (error) {
    tree.fail(error instanceof QueryError ? error.message : String(error));
  }
}

function firstWords(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 40);
}
