// A form with data-draft keeps what was typed on this device until it has arrived: a lost signal, a
// closed page or a failing server loses nothing. Files and passwords are never kept, hidden fields only
// where they say so (data-kept): with its one-time key, what is sent again arrives once. That a photo
// had been chosen is remembered, to ask for it again.
const PREFIX = "draft:";
const KEEP_FOR = 7 * 24 * 3600 * 1000;
type Draft = { at: number; sent?: boolean; photo?: boolean; values: Record<string, string[]> };

export function drafts(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    const key = PREFIX + form.dataset.draft;
    restore(form, form, key);
    form.addEventListener("input", () => save(form, key));
    form.addEventListener("submit", (event) => save(form, key, !event.defaultPrevented));
  });
  const within = root instanceof Element ? root.closest<HTMLFormElement>("form[data-draft]") : null;
  if (within && root !== within) restore(within, root, PREFIX + within.dataset.draft);
  if (root === document) arrived();
}

/** A draft that was sent is dropped on the next good page without its form: then it has arrived. */
function arrived(): void {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if ((visit?.responseStatus ?? 200) >= 400) return;
  for (const key of keys()) {
    const here = document.querySelector(`form[data-draft="${CSS.escape(key.slice(PREFIX.length))}"]`);
    if (!here && read(key)?.sent) forget(key);
  }
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
  const skip = ["hidden", "file", "password", "submit", "button"];
  const kept = (one: HTMLInputElement) => "kept" in one.dataset || !skip.includes(one.type);
  return (Array.from(form.elements) as HTMLInputElement[]).filter((one) => one.name && kept(one));
}

function photoIn(form: HTMLFormElement): boolean {
  return Array.from(form.querySelectorAll<HTMLInputElement>("input[type=file]")).some((one) => one.files?.length);
}

function save(form: HTMLFormElement, key: string, sent = false): void {
  const values = absent(form, key);
  for (const one of fields(form)) {
    if (["checkbox", "radio"].includes(one.type) && !one.checked) continue;
    if (one.value) (values[one.name] ??= []).push(one.value);
  }
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, photo: photoIn(form), values }));
  } catch {
    // Storage is full or refused: the page still works, only without a draft.
  }
}

/** What was kept of fields that are not on the page now, such as the questions of a category. */
function absent(form: HTMLFormElement, key: string): Record<string, string[]> {
  const here = new Set((Array.from(form.elements) as HTMLInputElement[]).map((one) => one.name));
  const kept = Object.entries(read(key)?.values ?? {});
  return Object.fromEntries(kept.filter(([name]) => name.startsWith("q-") && !here.has(name)));
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing to forget.
  }
}

/** Fills only an untouched form, or a part of it that came later: after a refused sending the server's answer
 *  is the truth. What is chosen again says so, so that what depends on it comes too. */
function restore(form: HTMLFormElement, part: ParentNode, key: string): void {
  const draft = read(key);
  if (!draft || Date.now() - draft.at > KEEP_FOR || form.querySelector("[aria-invalid=true]")) return;
  const inside = (one: HTMLInputElement) => part === form || (part as Element).contains(one);
  const found = fields(form).filter((one) => inside(one) && draft.values[one.name]);
  for (const one of found) {
    const kept = draft.values[one.name] ?? [];
    if (["checkbox", "radio"].includes(one.type)) choose(one, kept.includes(one.value));
    else if (!one.value || "kept" in one.dataset) one.value = kept[0] ?? "";
  }
  const typed = found.some((one) => one.type !== "hidden");
  const photo = form.querySelector<HTMLElement>("[data-photo-note]");
  if (photo && draft.photo) photo.hidden = false;
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (note && typed) note.hidden = false;
}

/** Listeners of other parts may not be there yet: they are told when the page is. */
function choose(one: HTMLInputElement, on: boolean): void {
  const told = on && !one.checked;
  one.checked = on;
  if (told) setTimeout(() => one.dispatchEvent(new Event("change", { bubbles: true })), 50);
}
