// Help beside the page: a link marked data-help opens its text in the panel of the layout. On a desk
// the page can be worked on meanwhile; on a telephone the panel covers it. Links to other texts stay
// in the panel. Escape closes it and gives the focus back. If the text does not come, the link is
// followed as it would be without a script.
const NARROW = "(max-width: 47.99rem)";

export function help(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-help], [data-help-body] a");
    const panel = document.querySelector<HTMLDialogElement>("[data-help-panel]");
    if (!link || !panel || typeof panel.show !== "function") return;
    event.preventDefault();
    if (panel.open && link.matches("[data-help]")) panel.close();
    else void show(panel, link);
  });
  document.addEventListener("keydown", (event) => {
    const panel = document.querySelector<HTMLDialogElement>("[data-help-panel]");
    if (event.key === "Escape" && panel?.open) panel.close();
  });
  document.querySelector("[data-help-panel]")?.addEventListener("close", () => {
    document.querySelector<HTMLElement>("a[data-help]")?.focus();
  });
}

async function show(panel: HTMLDialogElement, link: HTMLAnchorElement): Promise<void> {
  const text = await fetched(link.href);
  if (text === null) {
    window.location.href = link.href;
    return;
  }
  const title = panel.querySelector<HTMLElement>("[data-help-title]");
  const body = panel.querySelector<HTMLElement>("[data-help-body]");
  if (!title || !body) return;
  title.textContent = link.title || (link.textContent ?? "");
  body.innerHTML = text;
  body.scrollTop = 0;
  panel.querySelector<HTMLAnchorElement>("[data-help-page]")?.setAttribute("href", link.href);
  if (!panel.open) open(panel);
  title.focus();
}

/** The text alone, or null if it cannot be had. */
async function fetched(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function open(panel: HTMLDialogElement): void {
  if (window.matchMedia(NARROW).matches) panel.showModal();
  else panel.show();
}
