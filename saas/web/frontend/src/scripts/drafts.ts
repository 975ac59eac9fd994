// A form with data-draft keeps what was typed on this device until it has arrived: a lost signal, a
// closed page or a failing server loses nothing. Kept is what differs from what stood there, so it comes
// back over filled fields too, and nothing else is touched. Files, passwords and telephone numbers are never kept,
// hidden fields only where they say so: data-kept, a one-time key, so that what is sent again arrives once;
// data-mark, what was seen when it was typed, so that the server can tell if it has changed since. That a photo
// had been chosen is remembered, to ask for it again.
import { prefix } from "./places";

// Districts of one address have drafts of their own.
const PREFIX = `draft:${prefix}`;
const KEEP_FOR = 7 * 24 * 3600 * 1000;
type Values = Record<string, string[]>;
/** values: what was changed; marks: what was seen then. */
type Draft = { at: number; sent?: boolean; photo?: boolean; values: Values; marks?: Record<string, string> };

export function drafts(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    const key = PREFIX + form.dataset.draft;
    restore(form, form, key);
    form.addEventListener("input", () => save(form, key));
    form.querySelector("[data-draft-discard]")?.addEventListener("click", () => discard(form, key));
    form.addEventListener("submit", (event) => save(form, key, !event.defaultPrevented));
  });
  const within = root instanceof Element ? root.closest<HTMLFormElement>("form[data-draft]") : null;
  if (within && root !== within) restore(within, root, PREFIX + within.dataset.draft);
  if (root === document) arrived();
}

/** A draft that was sent is dropped on the next good page without its form: then it has arrived. */
function arrived(): void {
  if (refused()) return;
  for (const key of keys()) {
    const here = document.querySelector(`form[data-draft="${CSS.escape(key.slice(PREFIX.length))}"]`);
    if (!here && read(key)?.sent) forget(key);
  }
}

/** After a refused sending the server's answer is the truth: it has what was typed. */
function refused(): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return (visit?.responseStatus ?? 200) >= 400 || document.querySelector("[aria-invalid=true], .field__now") !== null;
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function fields(form: HTMLFormElement): HTMLInputElement[] {
  const skip = ["hidden", "file", "password", "tel", "submit", "button"];
  const kept = (one: HTMLInputElement) => "kept" in one.dataset || !skip.includes(one.type);
  return (Array.from(form.elements) as HTMLInputElement[]).filter((one) => one.name && kept(one));
}

function marks(form: HTMLFormElement): HTMLInputElement[] {
  return Array.from(form.querySelectorAll<HTMLInputElement>("input[data-mark]"));
}

const ticked = (one: HTMLInputElement) => ["checkbox", "radio"].includes(one.type);

/** What a field holds: itself, or as the server wrote it. Boxes of one name belong together. */
function held(form: HTMLFormElement, first: boolean): Values {
  const found: Values = {};
  for (const one of fields(form)) {
    const values = (found[one.name] ??= []);
    if (!ticked(one)) values.push(first ? written(one) : one.value);
    else if (first ? one.defaultChecked : one.checked) values.push(one.value);
  }
  return found;
}

function written(one: HTMLInputElement | HTMLSelectElement): string {
  if (!(one instanceof HTMLSelectElement)) return one.defaultValue;
  const options = Array.from(one.options);
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
}

function differ(one: string[], other: string[]): boolean {
  return one.map((value) => value.trim()).join("\n") !== other.map((value) => value.trim()).join("\n");
}

function photoIn(form: HTMLFormElement): boolean {
  return Array.from(form.querySelectorAll<HTMLInputElement>("input[type=file]")).some((one) => one.files?.length);
}

function save(form: HTMLFormElement, key: string, sent = false): void {
  const values = absent(form, key);
  const first = held(form, true);
  const kept = new Set(fields(form).filter((one) => "kept" in one.dataset).map((one) => one.name));
  for (const [name, now] of Object.entries(held(form, false))) {
    if (kept.has(name) || differ(now, first[name])) values[name] = now;
  }
  const seen = Object.fromEntries(marks(form).map((one) => [one.name, one.value]));
  const draft: Draft = { at: Date.now(), sent, photo: photoIn(form), values, marks: seen };
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    show(form, Object.keys(values).some((name) => !kept.has(name)));
  } catch {
    // Storage is full or refused: the page still works, only without a draft.
  }
}

/** What was kept of fields that are not on the page now, such as the questions of a category. */
function absent(form: HTMLFormElement, key: string): Values {
  const here = new Set((Array.from(form.elements) as HTMLInputElement[]).map((one) => one.name));
  const kept = Object.entries(read(key)?.values ?? {});
  return Object.fromEntries(kept.filter(([name]) => name.startsWith("q-") && !here.has(name)));
}

/** The draft of a form by its name: what waits to be sent has arrived, or is discarded. */
export function forgetDraft(name: string): void {
  forget(PREFIX + name);
}

/** Every draft of this district on this device. */
export function forgetDrafts(): void {
  for (const key of keys()) forget(key);
}

/** Nothing of it on this device, and the form anew: what is written next has a key of its own. */
function discard(form: HTMLFormElement, key: string): void {
  form.reset();
  forget(key);
  location.reload();
}

function show(form: HTMLFormElement, kept: boolean): void {
  const line = form.querySelector<HTMLElement>("[data-draft-kept]");
  if (line) line.hidden = !kept;
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing to forget.
  }
}

/** Fills a fresh form, or a part of it that came later, and says so only where something was put back. */
function restore(form: HTMLFormElement, part: ParentNode, key: string): void {
  const draft = read(key);
  if (!draft || Date.now() - draft.at > KEEP_FOR || refused()) return;
  if (draft.sent && marks(form).some((one) => (draft.marks?.[one.name] ?? one.value) !== one.value)) return forget(key);
  const later = part !== form;
  const back = fields(form).filter((one) => (!later || (part as Element).contains(one)) && put(one, draft, later));
  for (const mark of marks(form)) {
    const scope = mark.closest("[data-row]") ?? form;
    if (back.some((one) => scope.contains(one))) mark.value = draft.marks?.[mark.name] ?? mark.value;
  }
  const photo = form.querySelector<HTMLElement>("[data-photo-note]");
  if (photo && draft.photo) photo.hidden = false;
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (!note || !back.some((one) => one.type !== "hidden")) return;
  note.hidden = false;
  show(form, true);
}

/** Puts back what was typed in a field; whether that changed it. A part that came later was asked for by what was
 * typed since: what the server ticked in it stays. */
function put(one: HTMLInputElement, draft: Draft, later: boolean): boolean {
  const kept = draft.values[one.name];
  if (!kept || (later && ticked(one) && !kept.includes(one.value))) return false;
  if (ticked(one)) return choose(one, kept.includes(one.value));
  const value = kept[0] ?? "";
  if (value === one.value) return false;
  if (one instanceof HTMLSelectElement && !Array.from(one.options).some((option) => option.value === value)) return false;
  one.value = value;
  return true;
}

/** Listeners of other parts may not be there yet: they are told when the page is. */
function choose(one: HTMLInputElement, on: boolean): boolean {
  const changed = on !== one.checked;
  one.checked = on;
  if (changed && on) setTimeout(() => one.dispatchEvent(new Event("change", { bubbles: true })), 50);
  return changed;
}
