// Brings the district's worker to the phone, after the page is there, and lets one who filed without an account
// keep the list of slips on it. Without workers, or where they are refused, nothing of this shows.
import { root } from "./places";

const MINE = `mine ${root}`;

export function workers(part: ParentNode): void {
  const address = part.querySelector<HTMLElement>("[data-worker]")?.dataset.worker;
  if (!address || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const begin = () => void register(address);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
  part.querySelectorAll<HTMLElement>("[data-keep-slips]").forEach((box) => void slips(box));
}

async function register(address: string): Promise<void> {
  const first = !navigator.serviceWorker.controller;
  try {
    await navigator.serviceWorker.register(address);
    if (!first) return;
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
    active?.postMessage({ page: location.href, files });
  } catch {
    // Refused, as in a private window: the pages work without it.
  }
}

/** One press keeps the list on this phone, another removes it. */
async function slips(box: HTMLElement): Promise<void> {
  const [add, remove] = ["keep", "remove"].map((name) => box.querySelector(`[data-${name}]`) as HTMLElement);
  const here = location.origin + location.pathname;
  const show = async () => {
    const kept = Boolean(await caches.match(here, { cacheName: MINE }));
    [add.hidden, remove.hidden, box.hidden] = [kept, !kept, false];
  };
  add.addEventListener("click", async () => {
    const answer = await fetch(here, { cache: "no-store" });
    if (answer.headers.get("X-Keep") !== "slips") return;
    const headers = new Headers(answer.headers);
    headers.set("X-Kept-At", new Date().toISOString());
    headers.delete("Content-Encoding");
    await (await caches.open(MINE)).put(here, new Response(await answer.blob(), { headers }));
    await show();
  });
  remove.addEventListener("click", async () => {
    await caches.delete(MINE);
    await show();
  });
  await show();
}
