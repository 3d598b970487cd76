/** The lines of one query in a text of several, which blank lines separate: from and to count from 1 and are within. */
export interface Block {
  from: number;
  to: number;
  text: string;
}

/** The query that a line is in; of a blank line the one before it. Null where there is none. */
export function blockAt(lines: readonly string[], line: number): Block | null {
  const isBlank = (i: number): boolean => lines[i - 1]!.trim() === '';
  let at = Math.min(Math.max(line, 1), lines.length);
  while (at > 1 && isBlank(at)) at--;
  if (isBlank(at)) return null;
  let [from, to] = [at, at];
  while (from > 1 && !isBlank(from - 1)) from--;
  while (to < lines.length && !isBlank(to + 1)) to++;
  return { from, to, text: lines.slice(from - 1, to).join('\n') };
}
