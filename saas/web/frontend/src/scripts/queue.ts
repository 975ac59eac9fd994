// What was to be sent when there was no signal waits on this phone: with its own submission key, so that it is one
// demand however often it is sent, and without a token, which is asked for when it goes. It can be seen on
// every page for residents, and discarded. It is sent for the one who wrote it, and for nobody else.
import { forgetDraft } from "./drafts";
import { root } from "./places";

export type Waiting = {
  key: string;
  action: string;
  who: string;
  draft: string;
  fields: [string, FormDataEntryValue][];
  words: string;
  refused?: boolean;
};
type State = "waiting" | "refused" | "other" | "sent";
const NAME = `queue ${root}`;
const TABLE = "waiting";
const TOKEN = "csrf_token";

function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "key" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => done(opening.result.transaction(TABLE, mode).objectStore(TABLE));
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

/** Keep what a form holds; whether that was possible. */
export async function keep(form: HTMLFormElement): Promise<boolean> {
  const given = new FormData(form);
  const key = given.get("submission");
  if (!("who" in form.dataset) || typeof key !== "string") return false;
  given.delete(TOKEN);
  const words = String(given.get("words") ?? "");
  const { who = "", draft = "" } = form.dataset;
  const row: Waiting = { key, action: form.action, who, draft, fields: [...given.entries()], words };
  try {
    await answer((await store("readwrite")).put(row));
    return true;
  } catch {
    return false; // A browser that keeps nothing: the page has to stay open.
  }
}

export async function drop(key: string): Promise<void> {
  try {
    await answer((await store("readwrite")).delete(key));
  } catch {
    // Nothing was kept.
  }
}

/** What waits shows its words no more: in one go, since the page is about to be left. */
export async function hush(): Promise<void> {
  try {
    const asked = (await store("readwrite")).openCursor();
    asked.onsuccess = () => {
      asked.result?.update({ ...(asked.result.value as Waiting), words: "" });
      asked.result?.continue();
    };
  } catch {
    // Nothing was kept.
  }
}

async function rows(): Promise<Waiting[]> {
  try {
    return (await answer((await store("readonly")).getAll())) as Waiting[];
  } catch {
    return [];
  }
}

/** On pages for residents: what waits, each with its state, and what comes of it. */
export function queue(part: ParentNode): void {
  const board = part.querySelector<HTMLElement>("[data-waiting]");
  if (!board || !("indexedDB" in window)) return;
  let busy = false;
  const go = async () => {
    if (busy) return;
    busy = true;
    for (const row of await rows()) await one(board, row);
    busy = false;
  };
  addEventListener("online", () => void go());
  addEventListener("kept", () => void go());
  void go();
}

async function one(board: HTMLElement, row: Waiting): Promise<void> {
  // The form itself is open here: it is the one who writes it who sends it.
  if (document.querySelector(`input[name=submission][value="${CSS.escape(row.key)}"]`)) return;
  const line = lineOf(board, row);
  say(line, row.refused ? "refused" : "waiting", row.refused ? row.action : "");
  if (row.refused || !navigator.onLine) return;
  try {
    const [state, address] = await send(row);
    if (state === "sent") {
      forgetDraft(row.draft);
      await drop(row.key);
    }
    if (state === "refused") await answer((await store("readwrite")).put({ ...row, refused: true }));
    say(line, state, address);
  } catch {
    // Still no signal: it waits on.
  }
}

/** A fresh page gives a fresh token, and says for whom it is. What became of it, and where that stands. */
async function send(row: Waiting): Promise<[State, string]> {
  const fresh = await fetch(row.action, { cache: "no-store" });
  const form = new DOMParser().parseFromString(await fresh.text(), "text/html").querySelector<HTMLElement>("form[data-who]");
  const token = form?.querySelector<HTMLInputElement>(`input[name=${TOKEN}]`)?.value;
  if (fresh.status >= 500) return ["waiting", ""];
  if (!form || !token) return ["refused", row.action];
  if (form.dataset.who !== row.who) return ["other", ""];
  const body = new FormData();
  for (const [name, value] of row.fields) body.append(name, value);
  body.set(TOKEN, token);
  const sent = await fetch(row.action, { method: "POST", body });
  if (sent.ok && sent.redirected) return ["sent", sent.url];
  return sent.status >= 500 || sent.status === 429 ? ["waiting", ""] : ["refused", row.action];
}

function lineOf(board: HTMLElement, row: Waiting): HTMLElement {
  const list = board.querySelector("ul") as HTMLElement;
  const known = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`);
  if (known) return known;
  const made = (board.querySelector("template") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
  const line = made.querySelector("li") as HTMLElement;
  line.dataset.key = row.key;
  (line.querySelector("[data-words]") as HTMLElement).textContent = row.words.slice(0, 40);
  line.querySelector("[data-discard]")?.addEventListener("click", () => {
    void drop(row.key);
    forgetDraft(row.draft);
    line.remove();
    board.hidden = !list.children.length;
  });
  list.append(made);
  board.hidden = false;
  return line;
}

function say(line: HTMLElement, state: State, address: string): void {
  line.querySelectorAll<HTMLElement>("[data-state]").forEach((one) => (one.hidden = one.dataset.state !== state));
  const link = line.querySelector<HTMLAnchorElement>("[data-open]");
  if (link && address) link.href = address;
  if (link) link.hidden = !address;
  const discard = line.querySelector<HTMLElement>("[data-discard]");
  if (discard) discard.hidden = state === "sent";
}
