import { defineConfig } from 'vite';

// Files lie beside index.html, not in a folder of assets: a path of two segments is an event to the collector.
export default defineConfig({
  build: {
    outDir: '../Snowplow.Silo/wwwroot',
    emptyOutDir: true,
    assetsDir: '',
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/com.snowplowanalytics.snowplow'].map((path) => [path, 'http://localhost:8080'])),
  },
});
