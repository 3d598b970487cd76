// What a site's own script does with the tracker. The test sets window.settings before the page loads, then calls the
// functions of window.site.
import {
  disableAnonymousTracking,
  enableActivityTracking,
  flushBuffer,
  newTracker,
  setUserId,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
} from '@snowplow/browser-tracker';
import { LinkClickTrackingPlugin, enableLinkClickTracking } from '@snowplow/browser-plugin-link-click-tracking';
import { SnowplowEcommercePlugin, trackTransaction } from '@snowplow/browser-plugin-snowplow-ecommerce';

const { collector, ...configuration } = window.settings;
const namespace = 'shop-tracker';

newTracker(namespace, collector, {
  contexts: { webPage: true, session: true, browser: true },
  plugins: [LinkClickTrackingPlugin(), SnowplowEcommercePlugin()],
  ...configuration,
});

window.site = {
  disableAnonymousTracking,
  flushBuffer,
  setUserId,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
  trackTransaction,
  enableLinkClickTracking,
  // The heartbeat is in whole seconds; one second is the least that the tracker takes.
  enableActivityTracking: () => enableActivityTracking({ minimumVisitLength: 1, heartbeatDelay: 1 }),
};
