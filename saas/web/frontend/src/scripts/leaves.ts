// Who signs out, or leaves the slips of this phone, leaves it to whoever comes next: nothing that was typed can be
// read there. What still waits to be sent stays, since it would be lost, but says no word of itself.
import { forgetDrafts } from "./drafts";
import { root } from "./places";
import { hush } from "./queue";

const DOORS = [`${root}sign-out`, `${root}track/forget`];

export function leaves(): void {
  document.addEventListener("submit", (event) => {
    const { action } = event.target as HTMLFormElement;
    if (!DOORS.includes(new URL(action, location.href).pathname)) return;
    forgetDrafts();
    void hush();
  });
}
