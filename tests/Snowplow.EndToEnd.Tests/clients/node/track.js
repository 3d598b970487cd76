// Sends one event of each kind with the Node.js tracker, as a server would, and ends when the collector has taken them.
// Usage: node track.js <collector URL> <get|post> <application id> <user id> <session id>
import {
  buildEcommerceTransaction,
  buildEcommerceTransactionItem,
  buildPageView,
  buildScreenView,
  buildSelfDescribingEvent,
  buildStructEvent,
  newTracker,
} from '@snowplow/node-tracker';

const [collector, eventMethod, appId, domainUserId, sessionId] = process.argv.slice(2);
const failures = [];

const tracker = newTracker(
  { namespace: 'orders', appId, encodeBase64: eventMethod === 'get' },
  {
    endpoint: collector,
    eventMethod,
    bufferSize: 3,
    retryFailedRequests: false,
    onRequestFailure: (failure) => failures.push(failure.message ?? String(failure.status)),
  },
);

tracker.setUserId('customer-17');
tracker.setDomainUserId(domainUserId);
tracker.setSessionId(sessionId);
tracker.setSessionIndex(4);
tracker.setNetworkUserId('6d1f3a52-2c0e-4f5b-9a31-0f6b8f1f2a77');
tracker.setIpAddress('203.0.113.9');
tracker.setUseragent('Till/2.1 (store 12; ünïcode ✓)');
tracker.setScreenResolution(1920, 1080);
tracker.setViewport(1280, 720);
tracker.setColorDepth(24);
tracker.setTimezone('Europe/Zürich');
tracker.setLang('de-CH');

const entity = {
  schema: 'iglu:org.example.shop/stock/jsonschema/1-0-0',
  data: { sku: 'K-100', warehouse: 'Köln', left: 3 },
};

tracker.track(
  buildPageView({
    pageUrl: 'https://shop.example/till?utm_source=news%20letter&utm_medium=email&utm_campaign=autumn&gclid=G-1#top',
    pageTitle: 'Till – Kasse',
    referrer: 'https://partner.example:8443/list?page=2#row',
  }),
);
tracker.track(buildScreenView({ name: 'Receipt', id: '0d3b1f0c-4a57-4f0e-b6b1-1b4b0a3c9d10' }), [entity]);
tracker.track(
  buildSelfDescribingEvent({
    event: {
      schema: 'iglu:org.example.shop/rating/jsonschema/1-0-0',
      data: { sku: 'K-100', stars: 4, comment: 'Crème brûlée\tand "quotes" \\ 漢字' },
    },
  }),
  [entity],
  { type: 'ttm', value: 1767225600123 },
);
tracker.track(buildStructEvent({ category: 'till', action: 'discount', label: 'loyalty', property: 'percent', value: 12.5 }));
tracker.track(
  buildEcommerceTransaction({
    orderId: 'O-2026-1',
    affiliation: 'store 12',
    total: 121.9,
    tax: 19.46,
    shipping: 0,
    city: 'Zürich',
    state: 'ZH',
    country: 'CH',
    currency: 'CHF',
  }),
);
tracker.track(
  buildEcommerceTransactionItem({
    orderId: 'O-2026-1',
    sku: 'K-100',
    name: 'Kettle',
    category: 'kitchen',
    price: 60.95,
    quantity: 2,
    currency: 'CHF',
  }),
);

await tracker.flush();
if (failures.length > 0) {
  console.error(`The collector did not take ${failures.length} requests: ${failures.join('; ')}`);
  process.exitCode = 1;
}
