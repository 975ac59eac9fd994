// Large buttons beside a number: one more, one less. Without a script the number is typed.
export function steps(root: ParentNode): void {
  root.querySelectorAll<HTMLButtonElement>("[data-step]").forEach((button) => {
    const field = document.getElementById(button.dataset.for ?? "") as HTMLInputElement | null;
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const now = Number(field.value || 0) + Number(button.dataset.step);
      field.value = String(Math.min(Math.max(now, Number(field.min)), Number(field.max)));
    });
  });
}
