// Search as you type in a list of choices: [data-finder] holds a search field and labels with radios. Of a
// "far" one the server narrows the list, and says in [data-sought] for which words.
// Without the script the whole list is there. What is typed takes back what was ticked before: nothing is
// ticked until a name is taken. Enter takes a name instead of sending the form, and waits for a list that is on
// its way: the only one, or the one of exactly that name; in a list that is here already, the first.
const WAITS = "waits";
const PATIENCE = 4000;

export function finders(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-finder]").forEach((box) => {
    const search = box.querySelector<HTMLInputElement>("[data-finder-search]");
    if (!search) return;
    search.hidden = false;
    search.addEventListener("input", () => typed(box, search));
    search.addEventListener("change", () => ask(box, search));
    search.addEventListener("keydown", (event) => keys(event, box, search));
    box.addEventListener("change", (event) => chosen(event, box, search));
    box.addEventListener("htmx:beforeRequest", (event) => listed(box, search) && event.preventDefault());
    box.addEventListener("htmx:afterSettle", () => came(box, search));
    if (!isFar(box)) narrow(box, search.value);
    else if (!listed(box, search)) typed(box, search);
    search.form?.addEventListener("submit", (event) => hold(event, box), { capture: true });
    addEventListener("load", () => ask(box, search), { once: true });
    say(box);
  });
}

const isFar = (box: HTMLElement) => box.dataset.finder === "far";
const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const nameOf = (label: Element | null | undefined) => label?.querySelector("strong")?.textContent?.trim() ?? "";

function labels(box: HTMLElement): HTMLElement[] {
  return Array.from(box.querySelectorAll<HTMLElement>("[data-words]"));
}

function ticked(box: HTMLElement): HTMLInputElement | null {
  return box.querySelector<HTMLInputElement>("[data-words] input:checked");
}

/** Whether the list is the one for what stands in the field now. */
function listed(box: HTMLElement, search: HTMLInputElement): boolean {
  if (!isFar(box)) return true;
  const sought = box.querySelector<HTMLElement>("[data-sought]")?.dataset.sought ?? "";
  return sought === search.value.trim() || (ticked(box) !== null && search.value.trim() === "");
}

function ask(box: HTMLElement, search: HTMLInputElement): void {
  if (!listed(box, search)) search.dispatchEvent(new CustomEvent("sought"));
}

function typed(box: HTMLElement, search: HTMLInputElement): void {
  delete box.dataset[WAITS];
  const before = ticked(box);
  if (before && search.value.trim()) before.checked = false;
  if (!isFar(box)) narrow(box, search.value);
  say(box);
}

/** Every word typed must be found; nothing typed shows what is chosen, or all of it. */
function narrow(box: HTMLElement, sought: string): void {
  const wanted = sought.toLowerCase().split(/\s+/).filter(Boolean);
  for (const label of labels(box)) {
    const words = (label.dataset.words ?? "").toLowerCase();
    const input = label.querySelector("input");
    label.hidden = !input?.checked && !wanted.every((word) => words.includes(word));
  }
}

function keys(event: KeyboardEvent, box: HTMLElement, search: HTMLInputElement): void {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  if (event.isComposing) return;
  event.preventDefault();
  if (listed(box, search)) return take(box, search, event.key);
  box.dataset[WAITS] = event.key;
  ask(box, search);
}

function came(box: HTMLElement, search: HTMLInputElement): void {
  const key = box.dataset[WAITS];
  if (key && listed(box, search)) take(box, search, key);
  say(box);
}

/** A form whose finder waits for its list is sent when the list is there; a list that never comes holds nothing. */
function hold(event: SubmitEvent, box: HTMLElement): void {
  if (!box.dataset[WAITS]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const form = event.target as HTMLFormElement;
  const send = () => {
    if (!held) return;
    held = false;
    delete box.dataset[WAITS];
    form.requestSubmit(event.submitter);
  };
  let held = true;
  box.addEventListener("htmx:afterSettle", () => setTimeout(send), { once: true });
  setTimeout(send, PATIENCE);
}

function take(box: HTMLElement, search: HTMLInputElement, key: string): void {
  delete box.dataset[WAITS];
  const shown = labels(box).filter((label) => !label.hidden);
  const exact = shown.filter((label) => plain(nameOf(label)) === plain(search.value));
  const sure = exact.length === 1 ? exact[0] : shown.length === 1 || !isFar(box) ? shown[0] : undefined;
  const input = (sure ?? shown[0])?.querySelector("input");
  if (!input) return;
  // Who has gone on to another field while the list came is left there.
  if (document.activeElement === search) input.focus();
  if (!sure || (!search.value && key === "Enter")) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function chosen(event: Event, box: HTMLElement, search: HTMLInputElement): void {
  const name = nameOf((event.target as HTMLElement).closest("[data-words]"));
  if (!name) return;
  search.value = name;
  const sought = box.querySelector<HTMLElement>("[data-sought]");
  if (sought) sought.dataset.sought = name;
  if (!isFar(box)) narrow(box, name);
  say(box);
}

/** What is ticked, said once more where the form is sent: [data-picked] names the box. */
function say(box: HTMLElement): void {
  const line = document.querySelector<HTMLElement>(`[data-picked="${box.id}"]`);
  const words = line?.querySelector<HTMLElement>("strong");
  if (!line || !words) return;
  const label = ticked(box)?.closest("[data-words]");
  const above = label?.querySelector("small")?.textContent?.trim();
  words.textContent = label ? nameOf(label) : (words.dataset.none ?? "");
  if (label && isFar(box) && above) words.textContent += ` · ${above.split("·").pop()?.trim()}`;
  line.classList.toggle("meant--none", !label);
  line.hidden = !words.textContent;
}
