// Keeps two pages for when there is no network: the empty plan and the numbers to call. Nothing of anybody is kept here.
const PAGES = [{% for page in pages %}"{{ page|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const FILES = [
  "{% static 'css/site.css' %}", "{% static 'js/site.js' %}", "{% static 'icons.svg' %}", "{% static 'img/icon.svg' %}",
  "{% static 'wellbeing/css/wellbeing.css' %}", "{% static 'wellbeing/js/plan.js' %}", "{% static 'safeguarding/crisis.css' %}",
];
const STORE = "plan-1";
const PATIENCE = 4000;

async function keep() {
  const store = await caches.open(STORE);
  await Promise.all([...PAGES, ...FILES].map(async (address) => {
    // Without cookies: the page of nobody in particular.
    const answer = await fetch(new Request(address, { credentials: "omit", cache: "reload" }));
    if (answer.ok) await store.put(address, answer);
  }));
}

async function fresh(event, address) {
  const held = await caches.match(address, { cacheName: STORE, ignoreVary: true });
  const asked = fetch(event.request);
  if (!held) return asked;
  const late = new Promise((resolve) => { setTimeout(() => resolve(held), PATIENCE); });
  return Promise.race([asked.catch(() => held), late]);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  const isPage = event.request.mode === "navigate" && PAGES.includes(address.pathname);
  if (isPage) event.waitUntil(keep().catch(() => {}));
  if (isPage || FILES.includes(address.pathname)) event.respondWith(fresh(event, address.pathname));
});
