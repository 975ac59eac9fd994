// What works for one district on the phone. It keeps built files by their content, and of pages only those
// whose answer says so (X-Keep): nothing of one who is signed in is ever kept, and who signs out, or leaves the
// slips of this phone, takes all of it along. It sends nothing by itself and never answers for another district.
/// <reference lib="webworker" />
const sw = self as unknown as ServiceWorkerGlobalScope;
const ROOT = new URL(sw.registration.scope).pathname;
const FILES = "files";
const PAGES = `pages ${ROOT}`;
const MINE = `mine ${ROOT}`;
const LOOK = new RegExp(`^${ROOT}look/[^/]+/`);
const OFFLINE = `${ROOT}offline`;
const KEPT_AT = "X-Kept-At";
const MOST = 40;
const KEEP_FOR = 7 * 24 * 3600 * 1000;

sw.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepOffline(), sw.skipWaiting()]));
});
sw.addEventListener("activate", (event) => event.waitUntil(sw.clients.claim()));
sw.addEventListener("message", (event) => {
  // The page that brought this worker was there before it: what it is made of is kept after the fact.
  const { page, files } = event.data as { page: string; files: string[] };
  const all = files.filter((one) => isFile(new URL(one))).map((one) => file(new Request(one)));
  event.waitUntil(Promise.allSettled([...all, visit(new Request(page))]));
});
sw.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") event.waitUntil(left(url.pathname));
  else if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request));
  else if (request.method === "GET" && isFile(url)) event.respondWith(file(request));
});

/** Built files, and style sheets and drawings of the look: addresses that name their content. */
function isFile(url: URL): boolean {
  return url.pathname.startsWith("/static/dist/") ? url.searchParams.has("v") : LOOK.test(url.pathname);
}

async function file(request: Request): Promise<Response> {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) {
    const older = (await cache.keys()).filter((one) => family(one.url) === family(request.url));
    await Promise.all(older.map((one) => cache.delete(one)));
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** What is one thing at different times. */
function family(address: string): string {
  const { pathname } = new URL(address);
  return LOOK.test(pathname) ? (LOOK.exec(pathname) as RegExpExecArray)[0] : pathname;
}

/** As a stranger sees it: whoever is signed in now, it is nobody's. */
async function keepOffline(): Promise<void> {
  await visit(new Request(OFFLINE, { credentials: "omit" }));
}

/** The network first; what was kept, with its hour, only when there is none. */
async function page(request: Request): Promise<Response> {
  try {
    return await visit(request);
  } catch (error) {
    const kept = await found(request);
    if (kept) return dated(kept);
    const instead = await caches.match(OFFLINE, { cacheName: PAGES });
    if (instead) return instead;
    throw error;
  }
}

async function visit(request: Request): Promise<Response> {
  const answer = await fetch(request);
  const keep = answer.headers.get("X-Keep");
  if (keep === "nothing") await caches.delete(MINE);
  else if (answer.ok && !answer.redirected && keep === "public") await store(PAGES, request, answer.clone());
  else if (answer.ok && keep === "slips" && (await caches.match(request.url, { cacheName: MINE })))
    await store(MINE, request, answer.clone());
  return answer;
}

async function store(name: string, request: Request, answer: Response): Promise<void> {
  const cache = await caches.open(name);
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  headers.delete("Content-Encoding"); // What is kept has been read already.
  await cache.put(request.url, new Response(await answer.blob(), { headers }));
  const keys = (await cache.keys()).filter((one) => one.url !== new URL(OFFLINE, location.href).href);
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((one) => cache.delete(one)));
}

async function found(request: Request): Promise<Response | undefined> {
  for (const cacheName of [MINE, PAGES]) {
    const kept = await caches.match(request.url, { cacheName });
    if (kept && Date.now() - Date.parse(kept.headers.get(KEPT_AT) ?? "") < KEEP_FOR) return kept;
  }
  return undefined;
}

/** The page says from when it is. */
async function dated(kept: Response): Promise<Response> {
  const text = await kept.text();
  const at = new Date(kept.headers.get(KEPT_AT) ?? Date.now());
  const today = at.toDateString() === new Date().toDateString();
  const day: Intl.DateTimeFormatOptions = today ? {} : { month: "numeric", day: "numeric" };
  const language = /<html lang="([\w-]+)"/.exec(text)?.[1] ?? "zh-Hans";
  const said = at.toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
  const shown = text.replace("data-kept-line hidden>", "data-kept-line>").replace("[time]", said);
  return new Response(shown, { headers: kept.headers });
}

/** Somebody signs out here, or leaves the slips: nobody who comes next finds anything. */
async function left(path: string): Promise<void> {
  if (path === `${ROOT}track/forget`) await caches.delete(MINE);
  if (path !== `${ROOT}sign-out`) return;
  await Promise.all([caches.delete(MINE), caches.delete(PAGES)]);
  await keepOffline();
}
