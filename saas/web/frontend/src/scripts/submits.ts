// One press sends once: the pressed button rests until the answer is there.
export function submits(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method === "get") return;
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    // After this turn, so that the button's own name and value are still sent.
    setTimeout(() => button?.setAttribute("aria-disabled", "true"));
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => rest(form, button), 8000);
  });
  // A page brought back by the browser's Back button must be usable again.
  addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => rest(form, null));
  });
}

function rest(form: HTMLFormElement, button: HTMLButtonElement | null): void {
  delete form.dataset.sent;
  const buttons = button ? [button] : Array.from(form.querySelectorAll("[aria-disabled]"));
  buttons.forEach((one) => one.removeAttribute("aria-disabled"));
}
