// Reads the scripts of a folder as Data Explorer would: by Microsoft's language service, which its own web page uses. First everything that the
// scripts define becomes known; then every command and example is parsed and
// bound. Prints a line of JSON for each fault, and last how many there were.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const require = createRequire(import.meta.url);
require("@kusto/language-service-next/bridge.min.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;

const [root, ...order] = process.argv.slice(2);
const files = order.flatMap(part => {
  const full = path.join(root, part);
  return fs.statSync(full).isDirectory() ? fs.readdirSync(full).sort().map(file => path.join(full, file)) : [full];
});
const commands = files.flatMap(file => split(fs.readFileSync(file, "utf8")).map(text => ({ file: path.relative(root, file), text })));
const examples = files.flatMap(file => [...fs.readFileSync(file, "utf8").matchAll(/^\/\/ Example: (.*)$/gm)].map(match => ({ file: path.relative(root, file), text: match[1] })));

// A command begins on a line that begins with a dot, and ends before the comments and blank lines in front of the next.
function split(text) {
  const starts = [...text.matchAll(/^\.[a-z]/gm)].map(match => match.index);
  return starts.map((start, i) => text.slice(start, starts[i + 1]).replace(/(\n\s*(\/\/.*)?)+$/, ""));
}

const isView = text => text.startsWith(".create-or-alter materialized-view");

// The definition of a command, if it is one: what stands between its properties and its body.
function definition(text, globals) {
  const table = /^\.create-merge table (\w+) (\([\s\S]*\))$/.exec(text);
  if (table) return new Symbols.TableSymbol.$ctor7(table[1], table[2], null);
  const view = /^\.create-or-alter materialized-view with \(.*\) (\w+) on table \w+\n\{([\s\S]*)\}$/.exec(text);
  if (view) return new Symbols.MaterializedViewSymbol.$ctor2(view[1], KustoCode.ParseAndAnalyze(view[2], globals).ResultType.Columns, view[2], null);
  const stored = /^\.create-or-alter function with \(.*\)\n(?:\['(\w+)'\]|(\w+))(\([\s\S]*?\))\n(\{[\s\S]*\})$/.exec(text);
  if (stored) return new Symbols.FunctionSymbol.$ctor16(stored[1] ?? stored[2], stored[3], stored[4], null);
  if (/^\.(create-or-alter (function|materialized-view)|create-merge table)/.test(text)) throw new Error(`Not understood: ${text.slice(0, 200)}`);
  return null;
}

// Views are defined last: their columns are those that their queries give over what is there.
let symbols = [];
let globals = GlobalState.Default;
for (const group of [text => !isView(text), isView]) {
  symbols = symbols.concat(commands.filter(command => group(command.text)).map(command => definition(command.text, globals)).filter(symbol => symbol));
  const list = new (globalThis.System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
  for (const symbol of symbols) list.add(symbol);
  globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor3("snowplow", null, list, false));
}

for (const { file, text } of [...commands, ...examples]) {
  const diagnostics = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  for (let i = 0; i < diagnostics.Count; i++) {
    const { Severity, Code, Message, Start } = diagnostics.getItem(i);
    if (Severity === "Suggestion") continue;
    console.log(JSON.stringify({ file, severity: Severity, code: Code, message: Message, at: text.slice(Start, Start + 60) }));
  }
}

console.log(JSON.stringify({ commands: commands.length, examples: examples.length }));
