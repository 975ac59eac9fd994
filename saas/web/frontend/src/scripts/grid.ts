// The table of rooms as a sheet: arrows, Enter and Tab go from cell to cell, a piece of a spreadsheet
// can be pasted, changed cells are marked and counted. Without the script it is a plain form.
type Cell = HTMLInputElement | HTMLSelectElement;

export function grids(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-grid]").forEach((form) => {
    document.querySelectorAll<HTMLElement>("[data-grid-hint]").forEach((hint) => (hint.hidden = false));
    form.addEventListener("keydown", (event) => step(form, event));
    form.addEventListener("paste", (event) => paste(form, event));
    form.addEventListener("input", () => mark(form));
    form.addEventListener("change", () => mark(form));
    mark(form);
    window.setTimeout(() => mark(form)); // after a kept draft has been put back
  });
}

function table(form: HTMLFormElement): Cell[][] {
  return Array.from(form.querySelectorAll<HTMLElement>("[data-row]"), (row) =>
    Array.from(row.querySelectorAll<Cell>("[data-cell]")),
  );
}

function place(cells: Cell[][], cell: Element | null): [number, number] | null {
  for (let row = 0; row < cells.length; row += 1) {
    const column = cells[row].indexOf(cell as Cell);
    if (column >= 0) return [row, column];
  }
  return null;
}

function go(cell: Cell | undefined): boolean {
  if (!cell) return false;
  cell.focus();
  if (cell instanceof HTMLInputElement) cell.select();
  return true;
}

/** Up, down and Enter change the row; left and right change the column at the edge of a text. */
function step(form: HTMLFormElement, event: KeyboardEvent): void {
  const cells = table(form);
  const here = place(cells, event.target as Element);
  if (!here || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const [row, column] = here;
  const cell = cells[row][column];
  const list = cell instanceof HTMLSelectElement;
  let next: Cell | undefined;
  if (event.key === "Enter") next = cells[row + (event.shiftKey ? -1 : 1)]?.[column] ?? cell;
  else if (event.key === "ArrowDown" && !list) next = cells[row + 1]?.[column];
  else if (event.key === "ArrowUp" && !list) next = cells[row - 1]?.[column];
  else if (event.key === "ArrowRight" && atEdge(cell, "end")) next = cells[row][column + 1];
  else if (event.key === "ArrowLeft" && atEdge(cell, "start")) next = cells[row][column - 1];
  else if (event.key === "Escape") return restore(form, cell);
  if (go(next)) event.preventDefault();
}

function atEdge(cell: Cell, edge: "start" | "end"): boolean {
  if (cell instanceof HTMLSelectElement) return true;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const at = edge === "start" ? cell.selectionEnd : cell.selectionStart;
  return whole || at === (edge === "start" ? 0 : cell.value.length);
}

function restore(form: HTMLFormElement, cell: Cell): void {
  cell.value = cell.dataset.was ?? "";
  mark(form);
}

/** Rows of a spreadsheet, cells apart by tabs; a list takes what one of its choices is called. */
function paste(form: HTMLFormElement, event: ClipboardEvent): void {
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  const cells = table(form);
  const here = place(cells, event.target as Element);
  if (!here || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  text.split("\n").forEach((line, down) =>
    line.split("\t").forEach((value, right) => {
      const cell = cells[here[0] + down]?.[here[1] + right];
      if (cell) fill(cell, value.trim());
    }),
  );
  mark(form);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(cell: Cell, value: string): void {
  if (cell instanceof HTMLInputElement) cell.value = value;
  else {
    const found = Array.from(cell.options).find((one) => one.text.trim() === value || one.value === value);
    if (found) cell.value = found.value;
    else cell.closest("td")?.classList.add("is-unknown");
  }
}

function mark(form: HTMLFormElement): void {
  let changed = 0;
  form.querySelectorAll<Cell>("[data-cell]").forEach((cell) => {
    const differs = cell.value !== (cell.dataset.was ?? "");
    cell.closest("td")?.classList.toggle("is-changed", differs);
    if (differs) changed += 1;
  });
  const told = form.querySelector<HTMLElement>("[data-grid-count]");
  if (!told) return;
  told.textContent = changed ? (told.dataset.some ?? "").replace("{}", String(changed)) : told.dataset.none ?? "";
}
