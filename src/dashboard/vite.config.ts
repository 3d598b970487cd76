import { defineConfig } from 'vite';

// Files lie beside index.html, not in a folder of assets: a path of two segments is an event to the collector.
export default defineConfig({
  build: {
    outDir: '../Snowplow.Silo/wwwroot',
    emptyOutDir: true,
    assetsDir: '',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'query.html'] },
    // The terms of all that is bundled go with it.
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 12_000,
  },
  server: {
    proxy: Object.fromEntries(['/api', '/com.snowplowanalytics.snowplow', '/v1', '/v2'].map((path) => [path, 'http://localhost:8080'])),
  },
});
