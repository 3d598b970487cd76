import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const outDir = '../Snowplow.Silo/wwwroot';
const licenses = 'licenses.md';

// Packages whose modules went into the workers, which are bundles of their own that the licence file does not know of.
const workerPackages = new Set<string>();

// The folder of the package that a module is of; nothing for modules of our own.
function packageOf(module: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1];
}

const noteWorkerPackages: Plugin = {
  name: 'note-worker-packages',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const module of chunk.moduleIds) {
        const folder = packageOf(module);
        if (folder !== undefined) workerPackages.add(folder);
      }
    }
  },
};

// Adds the packages of the workers to the licence file, in its form, where it lacks them.
const addWorkerLicenses: Plugin = {
  name: 'add-worker-licenses',
  closeBundle() {
    const file = join(outDir, licenses);
    let text = readFileSync(file, 'utf8');
    for (const folder of [...workerPackages].sort()) {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string };
      const title = `## ${name} - ${version}`;
      if (text.includes(title)) continue;
      const own = readdirSync(folder).filter((entry) => /^(licen[cs]e|notice|thirdpartynotices)(\.(md|txt))?$/i.test(entry)).sort();
      const terms = own.map((entry) => readFileSync(join(folder, entry), 'utf8').trim());
      text += `\n${title}${license === undefined ? '' : ` (${license})`}\n${terms.map((term) => `\n${term}\n`).join('')}`;
    }

    writeFileSync(file, text);
  },
};

// Puts beside each file that is not small the same packed, so that the server has nothing to pack.
const pack: Plugin = {
  name: 'pack',
  closeBundle: {
    order: 'post',
    handler() {
      for (const name of readdirSync(outDir)) {
        const file = join(outDir, name);
        if (!/\.(html|js|css|svg|json|md|ttf)$/.test(name) || statSync(file).size < 1024) continue;
        const content = readFileSync(file);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  },
};

// Files lie beside index.html, not in a folder of assets: a path of two segments is an event to the collector.
export default defineConfig({
  plugins: [addWorkerLicenses, pack],
  worker: { plugins: () => [noteWorkerPackages] },
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir: '',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'query.html'] },
    // The terms of all that is bundled go with it.
    license: { fileName: licenses },
    chunkSizeWarningLimit: 12_000,
  },
  server: {
    proxy: Object.fromEntries(['/api', '/com.snowplowanalytics.snowplow', '/v1', '/v2'].map((path) => [path, 'http://localhost:8080'])),
  },
});
