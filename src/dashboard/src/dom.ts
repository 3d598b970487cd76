/** The element with that id; the page is ours, so one that is missing is a mistake to be seen at once. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element as unknown as T;
}

type Attributes = Record<string, string | (() => void)>;

/** Creates an element. Attributes that are functions are click handlers; children that are strings become text. */
export function create(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener('click', value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
