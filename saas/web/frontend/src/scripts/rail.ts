// Opening a group of the rail folds the others while the rail is higher than the screen.
export function rail(): void {
  document.querySelectorAll<HTMLElement>(".rail__inside").forEach((inside) => {
    const groups = Array.from(inside.querySelectorAll<HTMLDetailsElement>("[data-rail-group]"));
    groups.forEach((opened) => {
      opened.addEventListener("toggle", () => {
        if (!opened.open) return;
        for (const other of groups) {
          if (inside.scrollHeight <= inside.clientHeight) return;
          if (other !== opened && !other.querySelector("[aria-current]")) other.open = false;
        }
      });
    });
  });
}
