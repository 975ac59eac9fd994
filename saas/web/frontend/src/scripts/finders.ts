// Search as you type in a list of choices: [data-finder] holds a search field and labels with radios. Of a
// "far" one the server narrows the list.
// Without the script the whole list is there. Enter takes the first that fits instead of sending the form.
export function finders(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-finder]").forEach((box) => {
    const search = box.querySelector<HTMLInputElement>("[data-finder-search]");
    if (!search) return;
    search.hidden = false;
    const far = box.dataset.finder === "far";
    if (!far) search.addEventListener("input", () => narrow(box, search.value));
    search.addEventListener("keydown", (event) => keys(event, box, search));
    box.addEventListener("change", (event) => chosen(event, search));
    if (!far) narrow(box, search.value);
  });
}

function labels(box: HTMLElement): HTMLElement[] {
  return Array.from(box.querySelectorAll<HTMLElement>("[data-words]"));
}

/** Every word typed must be found; nothing typed shows what is chosen, or all of it. */
function narrow(box: HTMLElement, typed: string): void {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const label of labels(box)) {
    const words = (label.dataset.words ?? "").toLowerCase();
    const input = label.querySelector("input");
    label.hidden = !input?.checked && !wanted.every((word) => words.includes(word));
  }
}

function keys(event: KeyboardEvent, box: HTMLElement, search: HTMLInputElement): void {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  const first = labels(box).find((label) => !label.hidden)?.querySelector("input");
  if (event.isComposing) return;
  event.preventDefault();
  if (!first) return;
  first.focus();
  if (search.value || event.key === "ArrowDown") first.click();
}

function chosen(event: Event, search: HTMLInputElement): void {
  const label = (event.target as HTMLElement).closest<HTMLElement>("[data-words]");
  const name = label?.querySelector("strong")?.textContent;
  if (name) search.placeholder = name;
}
