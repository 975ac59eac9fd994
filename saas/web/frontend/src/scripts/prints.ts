// A button that prints; without the script it is not there, and the browser's own command does it.
export function prints(root: ParentNode): void {
  root.querySelectorAll<HTMLButtonElement>("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
}
