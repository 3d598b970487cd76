/** Has each button show its pane and hide the others, by click and by arrow keys; the first one is shown. */
export function joinTabs(buttons: HTMLElement[], panes: HTMLElement[]): void {
  const select = (chosen: number): void => {
    for (const [i, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(i === chosen));
      button.tabIndex = i === chosen ? 0 : -1;
      panes[i]!.hidden = i !== chosen;
    }
  };
  for (const [i, button] of buttons.entries()) {
    button.addEventListener('click', () => select(i));
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const next = (i + (event.key === 'ArrowRight' ? 1 : buttons.length - 1)) % buttons.length;
      select(next);
      buttons[next]!.focus();
    });
  }
  select(0);
}
