// Photos are shown before they are sent; long answers show how much room is left.
export function photos(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-photo]").forEach((box) => {
    const input = box.querySelector<HTMLInputElement>("input[type=file]");
    const shown = box.querySelector<HTMLElement>("[data-photo-shown]");
    if (!input || !shown) return;
    input.addEventListener("change", () => show(input, shown));
  });
}

/** Each picture with a button that takes it out again; what is left is what is sent. */
function show(input: HTMLInputElement, shown: HTMLElement): void {
  shown.replaceChildren();
  const files = Array.from(input.files ?? []);
  files.forEach((file, at) => {
    if (!file.type.startsWith("image/")) return;
    const image = document.createElement("img");
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    const figure = document.createElement("span");
    figure.className = "photo__one";
    figure.append(image, remover(shown, file, () => keep(input, shown, files.filter((_, n) => n !== at))));
    shown.append(figure);
  });
}

function remover(shown: HTMLElement, file: File, remove: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "photo__remove";
  button.textContent = "\u00d7";
  button.setAttribute("aria-label", `${shown.dataset.remove ?? ""} ${file.name}`);
  button.addEventListener("click", remove);
  return button;
}

function keep(input: HTMLInputElement, shown: HTMLElement, files: File[]): void {
  const left = new DataTransfer();
  files.forEach((file) => left.items.add(file));
  input.files = left.files;
  show(input, shown);
  input.focus();
}

export function counters(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-counts]").forEach((mark) => {
    const area = document.getElementById(mark.dataset.counts ?? "") as HTMLTextAreaElement | null;
    if (!area || area.maxLength < 0) return;
    const say = () => {
      mark.textContent = `${area.value.length} / ${area.maxLength}`;
    };
    area.addEventListener("input", say);
    say();
  });
}
