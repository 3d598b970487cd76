import { byId } from './dom';

const collector = location.origin;

const snippets: Record<string, string> = {
  'tab-html': `<script>
  window.GlobalSnowplowNamespace = ['snowplow'];
  window.snowplow = function () { (snowplow.q = snowplow.q || []).push(arguments); };
</script>
<script async src="https://cdn.jsdelivr.net/npm/@snowplow/javascript-tracker@4/dist/sp.js"></script>
<script>
  snowplow('newTracker', 'sp', '${collector}', { appId: 'my-site', contexts: { session: true } });
  snowplow('enableActivityTracking', { minimumVisitLength: 5, heartbeatDelay: 10 });
  snowplow('trackPageView');
</script>`,
  'tab-npm': `// npm install @snowplow/browser-tracker
import { enableActivityTracking, newTracker, trackPageView } from '@snowplow/browser-tracker';

newTracker('sp', '${collector}', { appId: 'my-site', contexts: { session: true } });
enableActivityTracking({ minimumVisitLength: 5, heartbeatDelay: 10 });
trackPageView();`,
};

/** Tabs with the code that makes a page send its events here, and a button that copies it. */
export function showSnippet(): void {
  const code = byId('snippet-code');
  const tabs = Object.keys(snippets).map((id) => byId<HTMLButtonElement>(id));

  const select = (chosen: HTMLButtonElement): void => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    code.setAttribute('aria-labelledby', chosen.id);
    code.firstElementChild!.textContent = snippets[chosen.id] ?? '';
    byId('copy-result').textContent = '';
  };

  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const next = tabs[(i + 1) % tabs.length]!;
      select(next);
      next.focus();
    });
  }
  byId('copy').addEventListener('click', () => void copy(code));
  select(tabs[0]!);
}

async function copy(code: HTMLElement): Promise<void> {
  const result = byId('copy-result');
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    result.textContent = 'Copied.';
  } catch {
    // Pages that come over plain HTTP from another machine may not write to the clipboard.
    getSelection()?.selectAllChildren(code);
    result.textContent = 'Selected: copy it with the keyboard.';
  }
}
