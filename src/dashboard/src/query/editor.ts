import 'monaco-editor/esm/vs/editor/editor.all.js';
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api';
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker?worker';
import { getKustoWorker, themeNames } from '@kusto/monaco-kusto';
import { blockAt } from './block';
import KustoWorker from './kusto.worker?worker';
import type { Problem } from './server';

/** What is to be run, and the place in the editor where it begins: line and column from 1. */
export interface Selected {
  text: string;
  line: number;
  column: number;
}

self.MonacoEnvironment = { getWorker: (_, label) => (label === 'kusto' ? new KustoWorker() : new EditorWorker()) };

/** The editor of queries: completion and squiggles by Kusto's own language service, errors of the server at their places. */
export class Editor {
  private readonly editor: monaco.editor.IStandaloneCodeEditor;

  constructor(element: HTMLElement, text: string, run: () => void, changed: (text: string) => void) {
    element.replaceChildren();
    this.editor = monaco.editor.create(element, {
      value: text,
      language: 'kusto',
      automaticLayout: true,
      ariaLabel: 'Query in KQL',
      fixedOverflowWidgets: true,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13.5,
      lineNumbersMinChars: 3,
      minimap: { enabled: false },
      padding: { top: 8, bottom: 8 },
      renderLineHighlight: 'none',
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false },
      tabSize: 4,
      wordWrap: 'on',
    });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const paint = (): void => monaco.editor.setTheme(dark.matches ? themeNames.dark : themeNames.light);
    dark.addEventListener('change', paint);
    paint();
    for (const key of [monaco.KeyMod.Shift | monaco.KeyCode.Enter, monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter]) {
      this.editor.addCommand(key, () => {
        this.editor.trigger('run', 'hideSuggestWidget', {});
        run();
      });
    }
    this.editor.onDidChangeModelContent(() => {
      this.show([], { text: '', line: 1, column: 1 });
      changed(this.text);
    });
  }

  get text(): string {
    return this.model.getValue();
  }

  /** The selection, or else the query at the cursor; null where there is none. */
  get selected(): Selected | null {
    const selection = this.editor.getSelection();
    if (selection && !selection.isEmpty()) {
      return { text: this.model.getValueInRange(selection), line: selection.startLineNumber, column: selection.startColumn };
    }
    const block = blockAt(this.model.getLinesContent(), this.editor.getPosition()?.lineNumber ?? 1);
    return block && { text: block.text, line: block.from, column: 1 };
  }

  /** Puts a query behind what is there, blank lines between, and the cursor into it. Undo takes it back. */
  append(text: string): void {
    const end = this.model.getFullModelRange().getEndPosition();
    const isEmpty = this.text.trim() === '';
    const range = isEmpty ? this.model.getFullModelRange() : monaco.Range.fromPositions(end);
    const gap = isEmpty ? '' : '\n\n'.slice(0, Math.max(0, 2 - (/\n*$/.exec(this.text)?.[0].length ?? 0)));
    this.editor.executeEdits('append', [{ range, text: gap + text, forceMoveMarkers: true }]);
    this.editor.setPosition(this.model.getFullModelRange().getEndPosition());
    this.editor.revealPosition(this.editor.getPosition()!);
    this.editor.focus();
  }

  /** Writes a name at the cursor. */
  insert(text: string): void {
    this.editor.trigger('tree', 'type', { text });
    this.editor.focus();
  }

  /** Marks what the server said of a query, and goes to the first place. */
  show(problems: Problem[], of: Selected): void {
    const markers = problems.map((problem) => {
      const startLineNumber = of.line + problem.line - 1;
      const startColumn = problem.position + (problem.line === 1 ? of.column : 1);
      const endColumn = startColumn + Math.max(1, problem.length);
      return { severity: monaco.MarkerSeverity.Error, code: problem.code, message: problem.message, startLineNumber, startColumn, endLineNumber: startLineNumber, endColumn };
    });
    monaco.editor.setModelMarkers(this.model, 'server', markers);
    if (markers[0]) this.editor.revealLineInCenterIfOutsideViewport(markers[0].startLineNumber);
  }

  /** Tells the language service what tables, columns and functions there are. */
  async setSchema(schema: unknown): Promise<void> {
    const worker = await (await getKustoWorker())(this.model.uri);
    await worker.setSchemaFromShowSchema(schema, location.origin, 'snowplow');
  }

  private get model(): monaco.editor.ITextModel {
    return this.editor.getModel()!;
  }
}
