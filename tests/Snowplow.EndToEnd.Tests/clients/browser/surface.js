// Everything that the web tracker and its plugins can tell, once each. The test sets window.settings before the page loads,
// calls window.site.everything(), and then uses the page as a visitor would.
import {
  addGlobalContexts,
  enableActivityTracking,
  flushBuffer,
  newTracker,
  setUserId,
  trackPageView,
  trackSelfDescribingEvent,
  trackStructEvent,
} from '@snowplow/browser-tracker';
import { ButtonClickTrackingPlugin, enableButtonClickTracking } from '@snowplow/browser-plugin-button-click-tracking';
import { ClientHintsPlugin } from '@snowplow/browser-plugin-client-hints';
import { ConsentPlugin, enableGdprContext, trackConsentGranted, trackConsentWithdrawn } from '@snowplow/browser-plugin-consent';
import { SnowplowElementTrackingPlugin, startElementTracking } from '@snowplow/browser-plugin-element-tracking';
import * as enhanced from '@snowplow/browser-plugin-enhanced-ecommerce';
import { ErrorTrackingPlugin, enableErrorTracking, trackError } from '@snowplow/browser-plugin-error-tracking';
import { FormTrackingPlugin, enableFormTracking } from '@snowplow/browser-plugin-form-tracking';
import { GaCookiesPlugin } from '@snowplow/browser-plugin-ga-cookies';
import { LinkClickTrackingPlugin, enableLinkClickTracking, trackLinkClick } from '@snowplow/browser-plugin-link-click-tracking';
import * as media from '@snowplow/browser-plugin-media';
import { PerformanceNavigationTimingPlugin } from '@snowplow/browser-plugin-performance-navigation-timing';
import { PerformanceTimingPlugin } from '@snowplow/browser-plugin-performance-timing';
import { PrivacySandboxPlugin } from '@snowplow/browser-plugin-privacy-sandbox';
import { ScreenTrackingPlugin, trackListItemView, trackScreenView, trackScrollChanged } from '@snowplow/browser-plugin-screen-tracking';
import { SiteTrackingPlugin, trackSiteSearch, trackSocialInteraction, trackTiming } from '@snowplow/browser-plugin-site-tracking';
import * as shop from '@snowplow/browser-plugin-snowplow-ecommerce';

const { collector, ...configuration } = window.settings;

document.cookie = '_ga=GA1.2.3.4; path=/';
newTracker('shop-tracker', collector, {
  contexts: { webPage: true, session: true, browser: true },
  plugins: [
    ButtonClickTrackingPlugin(), ClientHintsPlugin(true), ConsentPlugin(), SnowplowElementTrackingPlugin(), enhanced.EnhancedEcommercePlugin(),
    ErrorTrackingPlugin(), FormTrackingPlugin(), GaCookiesPlugin(), LinkClickTrackingPlugin(), media.SnowplowMediaPlugin(),
    PerformanceNavigationTimingPlugin(), PerformanceTimingPlugin(), PrivacySandboxPlugin(), ScreenTrackingPlugin(), SiteTrackingPlugin(),
    shop.SnowplowEcommercePlugin(),
  ],
  ...configuration,
});

const product = { id: 'K-100', name: 'Kettle', category: 'kitchen', price: 64.75, currency: 'CHF', quantity: 2, position: 1 };
const transaction = { transaction_id: 'T-7', revenue: 129.5, currency: 'CHF', payment_method: 'card', total_quantity: 2 };

function core() {
  setUserId('ada');
  addGlobalContexts([{ schema: 'iglu:org.example.shop/stock/jsonschema/1-0-0', data: { sku: 'K-100', warehouse: 'Köln', left: 3 } }]);
  enableActivityTracking({ minimumVisitLength: 1, heartbeatDelay: 1 });
  trackPageView({ title: 'Espresso\tmachines 完璧 😀' });
  trackStructEvent({ category: 'list', action: 'sort', label: 'by price', property: 'order', value: -0.25 });
  trackSelfDescribingEvent({ event: { schema: 'iglu:org.example.shop/rating/jsonschema/1-0-0', data: { sku: 'K-100', stars: 5, comment: 'ok' } } });
}

function plugins() {
  enableGdprContext({ basisForProcessing: 'consent', documentId: 'd-1', documentVersion: '2.0', documentDescription: 'terms' });
  trackConsentGranted({ id: 'd-1', version: '2.0', name: 'terms', description: 'all of it', expiry: '2030-01-01T00:00:00.000Z' });
  trackConsentWithdrawn({ all: false, id: 'd-1', version: '2.0', name: 'terms', description: 'all of it' });
  trackError({ message: 'no beans left', filename: 'machine.js', lineno: 7, colno: 3, error: new Error('no beans left') });
  trackLinkClick({ targetUrl: 'https://example.org/', elementId: 'x', elementClasses: ['a'], elementTarget: '_blank', elementContent: 'X' });
  trackScreenView({ name: 'basket', id: '2f3f5dc0-4a5c-4a5f-8c2c-3f5dc04a5c4a', type: 'full', transitionType: 'push' });
  // Told in the summary of the screen's end, not by themselves.
  trackListItemView({ index: 1, itemsCount: 9 });
  trackScrollChanged({ yOffset: 10, xOffset: 0, viewHeight: 600, viewWidth: 1000, contentHeight: 3000, contentWidth: 1000 });
  trackScreenView({ name: 'payment' });
  trackSiteSearch({ terms: ['espresso', 'machine'], filters: { colour: 'red', new: true }, totalResults: 42, pageResults: 10 });
  trackSocialInteraction({ action: 'like', network: 'mastodon', target: 'K-100' });
  trackTiming({ category: 'load', variable: 'map', timing: 50, label: 'first' });
}

function ecommerce() {
  enhanced.addEnhancedEcommerceActionContext({ id: 'T-7', affiliation: 'web', revenue: '129.5', tax: 9.5, shipping: 5, currency: 'CHF', step: 1 });
  enhanced.addEnhancedEcommerceProductContext({ id: 'K-100', name: 'Kettle', price: 64.75, quantity: 2, position: 1, currency: 'CHF' });
  enhanced.addEnhancedEcommerceImpressionContext({ id: 'K-100', name: 'Kettle', list: 'new', position: 1, price: '64.75', currency: 'CHF' });
  enhanced.addEnhancedEcommercePromoContext({ id: 'P-1', name: 'autumn', creative: 'leaf', position: 'top', currency: 'CHF' });
  enhanced.trackEnhancedEcommerceAction({ action: 'purchase' });
  shop.setPageType({ type: 'product', language: 'en', locale: 'en-GB' });
  shop.setEcommerceUser({ id: 'ada', is_guest: false, email: 'ada@example.org' });
  shop.trackProductListView({ name: 'new', products: [product] });
  shop.trackProductListClick({ name: 'new', product });
  shop.trackProductView(product);
  shop.trackPromotionView({ id: 'P-1', name: 'autumn', product_ids: ['K-100'], position: 1, creative_id: 'leaf', type: 'banner', slot: 'top' });
  shop.trackPromotionClick({ id: 'P-1', name: 'autumn', slot: 'top' });
  shop.trackAddToCart({ cart_id: 'c', total_value: 129.5, currency: 'CHF', products: [product] });
  shop.trackRemoveFromCart({ cart_id: 'c', total_value: 0, currency: 'CHF', products: [product] });
  shop.trackCheckoutStep({ step: 1, delivery_provider: 'post', delivery_method: 'home', marketing_opt_in: true, payment_method: 'card' });
  shop.trackTransaction({ ...transaction, products: [product] });
  shop.trackRefund({ transaction_id: 'T-7', currency: 'CHF', refund_amount: 64.75, refund_reason: 'broken', products: [product] });
  shop.trackTransactionError({ error_code: 'E1', error_type: 'hard', resolution: 'call', transaction });
}

function video() {
  const id = '5f6c4c22-0c3f-4a59-8c58-6f5f6c4c220c';
  const ad = { ad: { adId: 'a-1', name: 'beans', duration: 15, skippable: true } };
  media.startMediaTracking({ id, player: { duration: 100, playerType: 'html5', mediaType: 'video', label: 'how to' }, pings: false, boundaries: [50] });
  media.trackMediaReady({ id });
  media.trackMediaPlay({ id, player: { currentTime: 1 } });
  media.trackMediaAdBreakStart({ id, adBreak: { breakId: 'b-1', name: 'pre-roll', breakType: 'linear' } });
  media.trackMediaAdStart({ id, ...ad });
  media.trackMediaAdFirstQuartile({ id });
  media.trackMediaAdMidpoint({ id });
  media.trackMediaAdThirdQuartile({ id });
  media.trackMediaAdClick({ id, percentProgress: 80 });
  media.trackMediaAdPause({ id });
  media.trackMediaAdResume({ id });
  media.trackMediaAdComplete({ id });
  media.trackMediaAdStart({ id, ad: { adId: 'a-2', skippable: true } });
  media.trackMediaAdSkip({ id, percentProgress: 10 });
  media.trackMediaAdBreakEnd({ id });
  media.trackMediaBufferStart({ id });
  media.trackMediaBufferEnd({ id });
  media.trackMediaSeekStart({ id });
  media.trackMediaSeekEnd({ id, player: { currentTime: 51 } });
  media.trackMediaPlaybackRateChange({ id, newRate: 1.5 });
  media.trackMediaVolumeChange({ id, newVolume: 80 });
  media.trackMediaFullscreenChange({ id, fullscreen: true });
  media.trackMediaPictureInPictureChange({ id, pictureInPicture: true });
  media.trackMediaQualityChange({ id, newQuality: '1080p', bitrate: 3333, framesPerSecond: 60, automatic: true });
  media.updateMediaTracking({ id, player: { currentTime: 60 } });
  media.trackMediaError({ id, errorCode: '500', errorName: 'forbidden', errorDescription: 'no' });
  media.trackMediaPause({ id });
  media.trackMediaEnd({ id });
  media.endMediaTracking({ id });
}

window.site = {
  flushBuffer,
  everything() {
    core();
    plugins();
    ecommerce();
    video();
    enableErrorTracking();
    enableLinkClickTracking({ trackContent: true });
    enableButtonClickTracking();
    enableFormTracking();
    startElementTracking({
      elements: {
        selector: '#banner', name: 'banner', create: true, destroy: true, expose: { when: 'element' }, obscure: true,
        details: { attributes: ['id'] }, contents: { name: 'text', selector: 'p' }, includeStats: ['expose_element'],
      },
    });
  },
};
