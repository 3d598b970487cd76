// Kusto's language service is made for pages: it keeps its types in the global object under the name that pages have for it.
Object.assign(globalThis, { window: globalThis, global: globalThis });
export {};
