// <details> used as menus: Escape and a click beside close them; opening one closes the others.
const OPEN = "details.menu[open], details.drawer[open]";

function closeAll(except: Element | null): void {
  document.querySelectorAll<HTMLDetailsElement>(OPEN).forEach((menu) => {
    if (menu !== except && !(except && menu.contains(except))) menu.open = false;
  });
}

export function menus(): void {
  document.addEventListener("click", (event) => closeAll((event.target as Element).closest("details")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>(OPEN);
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}
