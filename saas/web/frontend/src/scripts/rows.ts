// Lists by keyboard: j and k walk the rows, Enter opens, / goes to the search field: the list's own,
// else the one over everything, to which Ctrl-K goes from everywhere. A box in the head of a column
// ticks all rows.
let current = -1;

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function move(by: number): void {
  const all = Array.from(document.querySelectorAll<HTMLElement>("[data-rows] tbody tr"));
  if (!all.length) return;
  current = Math.min(Math.max(current + by, 0), all.length - 1);
  all.forEach((row, index) => row.toggleAttribute("data-at", index === current));
  const link = all[current]?.querySelector<HTMLElement>("a");
  link?.focus();
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

export function rows(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) return go(event, shown("[data-search]"));
    if (typing(event)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") go(event, shown(".search input[type=search]") ?? shown("[data-search]"));
  });
  document.querySelectorAll<HTMLInputElement>("[data-tick-all]").forEach((head) => (head.hidden = false));
  document.addEventListener("change", (event) => {
    const head = event.target as HTMLInputElement;
    if (!head.matches("[data-tick-all]")) return;
    head.form?.querySelectorAll<HTMLInputElement>("input[name=row]").forEach((row) => (row.checked = head.checked));
  });
}
