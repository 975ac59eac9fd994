// <details> used as menus: Escape and a click beside close them; opening one closes the others.
const MARGIN = 8;
const OPEN = "details.menu[open], details.drawer[open]";

function closeAll(except: Element | null): void {
  document.querySelectorAll<HTMLDetailsElement>(OPEN).forEach((menu) => {
    if (menu !== except && !(except && menu.contains(except))) menu.open = false;
  });
}

/** Move an open list so far that it lies inside the screen. */
function pullIn(menu: HTMLDetailsElement): void {
  const list = menu.querySelector<HTMLElement>(":scope > .menu__list");
  if (!list) return;
  list.style.translate = "";
  if (!menu.open) return;
  const { left, right } = list.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const shift = left < MARGIN ? MARGIN - left : Math.min(0, width - MARGIN - right);
  if (shift) list.style.translate = `${shift}px 0`;
}

export function menus(): void {
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (menu instanceof HTMLDetailsElement && menu.matches(".menu")) pullIn(menu);
  }, true);
  document.addEventListener("click", (event) => closeAll((event.target as Element).closest("details")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>(OPEN);
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}
