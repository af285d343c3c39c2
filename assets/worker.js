// The service worker: the grid worker's report page and what it needs stay on the phone; every other page asks the
// network first and says so where there is none. Nothing personal is kept but the names of one's own places.
const STORE = "linli-1";
const PATROL = "/cases/patrol/";
const OFFLINE = "/offline/";
const BUILD = "/static/build/";
const NEEDED = [OFFLINE, `${BUILD}theme.css`, `${BUILD}app.js`, `${BUILD}icons.svg`];
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("linli-") && name !== STORE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

async function fresh(request, path) {
  const kept = await caches.match(path, { ignoreVary: true });
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) (await caches.open(STORE)).put(path, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  const late = new Promise((done) => { setTimeout(() => done(kept), PATIENCE); });
  return Promise.race([asked.catch(() => kept), late]);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === PATROL || url.pathname.startsWith(BUILD)) {
    event.respondWith(fresh(request, url.pathname).catch(() => (request.mode === "navigate" ? caches.match(OFFLINE, { ignoreVary: true }) : Response.error())));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { ignoreVary: true })));
  }
});
