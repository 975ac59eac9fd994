// Buttons that copy or share an address; without the script they are not there, and the address is
// read off the page.
export function copies(root: ParentNode): void {
  root.querySelectorAll<HTMLButtonElement>("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => void copied(button));
  });
  if (typeof navigator.share !== "function") return;
  root.querySelectorAll<HTMLButtonElement>("[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { share, title } = button.dataset;
      navigator.share({ title, url: share }).catch(() => undefined); // given up by the person
    });
  });
}

async function copied(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset.copy ?? "";
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else byHand(text);
  const words = button.querySelector("span");
  if (words) words.textContent = button.dataset.copied ?? words.textContent;
}

// Where the page did not come over a secure line there is no clipboard but this one.
function byHand(text: string): void {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
