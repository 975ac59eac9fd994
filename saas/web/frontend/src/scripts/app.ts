// Small helps over pages that work without them. Each part finds its own marks in the page and
// runs again on whatever htmx swaps in.
import { atOnce } from "./atonce";
import { blurs } from "./blur";
import { copies } from "./copies";
import { drafts } from "./drafts";
import { fills } from "./fills";
import { finders } from "./finders";
import { grids } from "./grid";
import { help } from "./help";
import { hours } from "./hours";
import { leaves } from "./leaves";
import { menus } from "./menus";
import { counters, photos } from "./inputs";
import { palette } from "./palette";
import { passkeys } from "./passkeys";
import { prints } from "./prints";
import { queue } from "./queue";
import { rail } from "./rail";
import { rows } from "./rows";
import { signal } from "./signal";
import { steps } from "./steps";
import { submits } from "./submits";
import { workers } from "./workers";

type Part = (root: ParentNode) => void;
const parts: Part[] = [
  signal, blurs, drafts, fills, finders, grids, hours, photos, counters, palette, prints,
  copies, queue, workers, atOnce, passkeys, steps,
];

function start(root: ParentNode): void {
  for (const part of parts) part(root);
}

help();
leaves();
menus();
rail();
rows();
submits();
document.addEventListener("DOMContentLoaded", () => {
  start(document);
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (summary) summary.focus();
});
document.addEventListener("htmx:load", (event) => {
  const target = event.target as HTMLElement | null;
  if (target && target !== document.body) start(target);
});
