// Photos are shown before they are sent; long answers show how much room is left.
export function photos(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-photo]").forEach((box) => {
    const input = box.querySelector<HTMLInputElement>("input[type=file]");
    const shown = box.querySelector<HTMLElement>("[data-photo-shown]");
    if (!input || !shown) return;
    input.addEventListener("change", () => show(input, shown));
  });
}

function show(input: HTMLInputElement, shown: HTMLElement): void {
  shown.replaceChildren();
  for (const file of Array.from(input.files ?? [])) {
    if (!file.type.startsWith("image/")) continue;
    const image = document.createElement("img");
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    shown.append(image);
  }
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
