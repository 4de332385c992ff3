// Keeps pages that allow it as they were last seen, with their files; never touches what is sent.
"use strict";
const CACHE = "cahiers-{version}";
const STATIC = "{static}";
const ACCOUNT = "/compte/";
const PATIENCE = 4000;
const WEEK = 7 * 24 * 3600 * 1000;
const HASHED = /\.[0-9a-f]{8,}\.\w+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  // Whoever signs in or out leaves nothing to the next one. The request itself goes its way.
  if (request.method === "POST" && pathname.startsWith(ACCOUNT)) event.waitUntil(caches.delete(CACHE));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
  else if (!request.destination && !/event-stream/.test(request.headers.get("Accept"))) event.respondWith(read(event));
});

async function begin() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("cahiers-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
  // Pages that were opened before there was a worker.
  const open = await self.clients.matchAll();
  await Promise.all(open.map(({ url }) => fetch(url, { credentials: "same-origin" }).then((response) => keep(url, response)).catch(() => {})));
}

async function page(event) {
  const { url } = event.request;
  const kept = await seen(url);
  const fresh = fetch(event.request).then((response) => {
    event.waitUntil(keep(url, response.clone()));
    return kept && response.status >= 500 ? kept : response;
  });
  event.waitUntil(fresh.catch(() => {}));
  if (!kept) return fresh;
  const late = new Promise((done) => { setTimeout(done, PATIENCE, kept); });
  return Promise.race([fresh.catch(() => kept), late]);
}

// A page that a script reads again is newer than the one that was opened.
async function read(event) {
  const response = await fetch(event.request);
  if (response.headers.get("X-Offline") === "keep") event.waitUntil(keep(event.request.url, response.clone()));
  return response;
}

// A file whose name tells its contents never changes; another one is asked for again.
async function file(request) {
  const held = () => caches.open(CACHE).then((cache) => cache.match(request));
  const kept = HASHED.test(new URL(request.url).pathname) && await held();
  return kept || fetch(request).catch(async () => (await held()) || Response.error());
}

async function seen(url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url, { ignoreVary: true });
  if (!kept || Date.now() - kept.headers.get("X-Kept") < WEEK) return kept;
  await cache.delete(url);
  return undefined;
}

async function keep(url, response) {
  if (response.status >= 500) return;
  const cache = await caches.open(CACHE);
  if (!response.ok || response.redirected || response.headers.get("X-Offline") !== "keep") {
    await cache.delete(url, { ignoreVary: true });
    return;
  }
  const text = await response.text();
  const held = await Promise.all(files(text).map((name) => cache.match(name)));
  await cache.addAll(files(text).filter((name, at) => !held[at]));
  const headers = new Headers(response.headers);
  headers.set("X-Kept", Date.now());
  headers.delete("Vary");
  await cache.put(url, new Response(text, { headers }));
  await sweep(cache);
}

const files = (text) => Array.from(new Set(text.match(new RegExp(`"${STATIC}[^"]+`, "g")) || []), (found) => found.slice(1));

// Drops pages of more than a week, and files that no kept page asks for.
async function sweep(cache) {
  const used = new Set();
  const others = [];
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    const kept = !pathname.startsWith(STATIC) && await seen(request.url);
    if (kept) files(await kept.text()).forEach((name) => used.add(name));
    else others.push(request);
  }
  await Promise.all(others.filter(({ url }) => !used.has(new URL(url).pathname)).map((request) => cache.delete(request)));
}
