// Lists by keyboard: j and k walk the rows, Enter opens, / goes to the search field.
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

export function rows(): void {
  document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
    }
  });
}
