import { create } from '../../dom';

/** A box beside the pointer. */
export class Tooltip {
  readonly element = create('div', { class: 'tooltip', hidden: '', role: 'presentation' });

  /** Shows lines, each with the colour of its series or none, at a place within the parent. */
  show(x: number, y: number, title: string, lines: { colour?: string; text: string; value: string }[]): void {
    this.element.replaceChildren(
      create('p', { class: 'title' }, title),
      ...lines.map((line) => {
        const dot = create('span', { class: 'dot' });
        if (line.colour) dot.style.background = line.colour;
        return create('p', {}, ...(line.colour ? [dot] : []), create('span', { class: 'text' }, line.text), create('span', { class: 'value' }, line.value));
      }),
    );
    this.element.hidden = false;
    const parent = this.element.parentElement!;
    const [width, height] = [this.element.offsetWidth, this.element.offsetHeight];
    this.element.style.left = `${x + 14 + width > parent.clientWidth ? Math.max(0, x - width - 14) : x + 14}px`;
    this.element.style.top = `${Math.min(Math.max(0, y - height / 2), Math.max(0, parent.clientHeight - height))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
