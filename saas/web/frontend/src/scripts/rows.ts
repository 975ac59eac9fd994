// Lists and records by keyboard: j and k walk the rows, Enter opens, x ticks, / goes to the search field: the
// list's own, else the one over everything, to which Ctrl-K goes from everywhere. Letters of acts ([data-key]) do
// them: to all rows that are ticked, else to the row where one is. On a record "a" is the first of the next acts.
// ? shows the keys ([data-keys]). A box in the head of a column ticks all rows.
import { note, take } from "./places";

const PLACE = `row:${location.pathname}`;
let current = -1;

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  const field = target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  return event.ctrlKey || event.metaKey || event.altKey || field || document.querySelector("dialog[open]") !== null;
}

function rowsHere(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-rows] tbody tr"));
}

function move(to: number): void {
  const all = rowsHere();
  if (!all.length) return;
  current = Math.min(Math.max(to, 0), all.length - 1);
  all.forEach((row, index) => row.toggleAttribute("data-at", index === current));
  all[current]?.querySelector<HTMLElement>("a")?.focus();
  all[current]?.scrollIntoView({ block: "nearest" });
}

function shown(selector: string): HTMLInputElement | undefined {
  return Array.from(document.querySelectorAll<HTMLInputElement>(selector)).find((one) => one.offsetParent !== null);
}

function go(event: KeyboardEvent, search: HTMLInputElement | undefined): void {
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function boxes(): HTMLInputElement[] {
  return Array.from(document.querySelectorAll<HTMLInputElement>("[data-rows] tbody input[name=row]"));
}

function tickAll(on: boolean): void {
  boxes().forEach((box) => (box.checked = on));
  const head = document.querySelector<HTMLInputElement>("[data-tick-all]");
  if (head) head.checked = on;
}

function named(letter: string, within: ParentNode): HTMLElement | null {
  return /^[a-z]$/.test(letter) ? within.querySelector<HTMLElement>(`[data-key="${letter}"]`) : null;
}

/** An act of the list, to what is ticked, else to the row where one is; it stays there on the next page. */
function act(letter: string): boolean {
  const row = rowsHere()[current];
  const many = document.querySelector<HTMLElement>(`.list-acts [data-key="${letter}"]`);
  const box = row?.querySelector<HTMLInputElement>("input[name=row]");
  let button = boxes().some((one) => one.checked) ? many : row ? named(letter, row) : null;
  if (!button && many && box) {
    box.checked = true;
    button = many;
  }
  if (!button) return false;
  if (current >= 0) note(PLACE, String(current));
  button.click();
  return true;
}

/** The first of the next acts of a record: one press, or its fold with the cursor in its first field. */
function first(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".acts .btn--large");
}

function begin(button: HTMLElement): void {
  button.click();
  const fold = button.closest<HTMLDetailsElement>("details");
  if (!fold) return;
  fold.open = true;
  const into = fold.querySelector<HTMLElement>("textarea") ?? fold.querySelector<HTMLElement>("select, input:not([type=hidden])");
  into?.focus();
}

function pressed(event: KeyboardEvent): boolean {
  const list = rowsHere().length > 0;
  if (list && event.key === "j") move(current + 1);
  else if (list && event.key === "k") move(current - 1);
  else if (list && event.key === "X") tickAll(boxes().some((box) => !box.checked));
  else if (list && event.key === "x") rowsHere()[current]?.querySelector<HTMLInputElement>("input[name=row]")?.click();
  else if (event.key === "?") document.querySelector<HTMLDialogElement>("[data-keys]")?.showModal();
  else if (list) return act(event.key);
  else if (event.key === "a" && first()) begin(first()!);
  else if (named(event.key, document)) named(event.key, document)!.click();
  else return false;
  return true;
}

export function rows(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) return go(event, shown("[data-search]"));
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      return (event.target as HTMLTextAreaElement).form?.requestSubmit();
    }
    if (typing(event)) return;
    if (event.key === "/") go(event, shown(".search input[type=search]") ?? shown("[data-search]"));
    else if (pressed(event)) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const head = event.target as HTMLInputElement;
    if (head.matches("[data-tick-all]")) tickAll(head.checked);
  });
  document.querySelectorAll<HTMLInputElement>("[data-tick-all], [data-keys-open]").forEach((one) => {
    one.hidden = false;
    if (one.matches("[data-keys-open]")) {
      one.addEventListener("click", () => document.querySelector<HTMLDialogElement>("[data-keys]")?.showModal());
    }
  });
  const before = take(PLACE);
  if (before !== null) move(Number(before));
}
