import { byId, create } from '../dom';
import examples from './examples.json';

/** Shows the ready-made queries by group; a click opens one. */
export function showExamples(open: (text: string) => void): void {
  const groups = [...new Set(examples.map((example) => example.group))];
  byId('pane-examples').replaceChildren(
    ...groups.flatMap((group) => [
      create('h3', {}, group),
      ...examples
        .filter((example) => example.group === group)
        .map((example) => create('div', { class: 'entry' }, create('button', { type: 'button', class: 'open', title: example.text, click: () => open(example.text) }, example.title))),
    ]),
  );
}
