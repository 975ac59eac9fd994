// A form with data-draft keeps what was typed on this device until it has been sent: a lost signal
// or a closed page loses nothing. Files, passwords and hidden fields are never kept.
const KEEP_FOR = 7 * 24 * 3600 * 1000;
type Draft = { at: number; values: Record<string, string[]> };

export function drafts(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    const key = `draft:${form.dataset.draft}`;
    restore(form, key);
    form.addEventListener("input", () => save(form, key));
    form.addEventListener("submit", () => {
      if (navigator.onLine) forget(key);
    });
  });
}

function fields(form: HTMLFormElement): HTMLInputElement[] {
  const skip = ["hidden", "file", "password", "submit", "button"];
  return (Array.from(form.elements) as HTMLInputElement[]).filter((one) => one.name && !skip.includes(one.type));
}

function save(form: HTMLFormElement, key: string): void {
  const values: Record<string, string[]> = {};
  for (const one of fields(form)) {
    if (["checkbox", "radio"].includes(one.type) && !one.checked) continue;
    if (one.value) (values[one.name] ??= []).push(one.value);
  }
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // Storage is full or refused: the page still works, only without a draft.
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing to forget.
  }
}

/** Fills only an untouched form: after a refused sending the server's answer is the truth. */
function restore(form: HTMLFormElement, key: string): void {
  let draft: Draft | null = null;
  try {
    draft = JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return;
  }
  if (!draft || Date.now() - draft.at > KEEP_FOR || form.querySelector("[aria-invalid=true]")) return;
  const found = fields(form).filter((one) => draft?.values[one.name]);
  for (const one of found) {
    const kept = draft.values[one.name] ?? [];
    if (["checkbox", "radio"].includes(one.type)) one.checked = kept.includes(one.value);
    else if (!one.value) one.value = kept[0] ?? "";
  }
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (note && found.length) note.hidden = false;
}
