// The opening-hours editor: rows can be added and removed; without the script one spare row is there.
export function hours(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-hours]").forEach((editor) => {
    const list = editor.querySelector<HTMLElement>("[data-hours-rows]");
    const add = editor.querySelector<HTMLButtonElement>("[data-hours-add]");
    if (!list || !add) return;
    add.hidden = false;
    list.querySelectorAll<HTMLElement>("[data-hours-row]").forEach(removable);
    add.addEventListener("click", () => append(list));
  });
}

function removable(row: HTMLElement): void {
  const button = row.querySelector<HTMLButtonElement>("[data-hours-remove]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = (row.nextElementSibling ?? row.previousElementSibling) as HTMLElement | null;
    if (!next) return clear(row);
    row.remove();
    next.querySelector<HTMLElement>("input")?.focus();
  });
}

/** A copy of the last row under the next free number; numbers need not be dense. */
function append(list: HTMLElement): void {
  const last = list.lastElementChild as HTMLElement | null;
  if (!last) return;
  const row = last.cloneNode(true) as HTMLElement;
  const number = Number(last.dataset.hoursRow) + 1;
  row.dataset.hoursRow = String(number);
  const marked = row.querySelectorAll<HTMLElement>("[name], [id], [for], [aria-describedby]");
  [row, ...Array.from(marked)].forEach((part) => {
    for (const key of ["name", "id", "for", "aria-describedby"]) {
      const value = part.getAttribute(key);
      if (value) part.setAttribute(key, value.replace(/-\d+(?=-|$)/, `-${number}`));
    }
  });
  clear(row);
  list.append(row);
  removable(row);
  row.querySelector<HTMLElement>("input")?.focus();
}

function clear(row: HTMLElement): void {
  row.querySelectorAll<HTMLElement>(".field__error").forEach((mark) => mark.remove());
  row.querySelectorAll<HTMLInputElement>("input").forEach((input) => {
    input.removeAttribute("aria-invalid");
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
  });
}
