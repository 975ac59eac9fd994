// A form with a data-offline-note is sent only when the server can be reached. Without a signal nothing
// leaves the page: what was typed and the photo that was chosen stay, and it goes when the signal is back. What can
// wait on this phone does, so that the page may be closed (see queue.ts).
import { drop, keep } from "./queue";

const PATIENCE = 6000;
const AGAIN = 15000;

export function signal(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-offline-note]").forEach((note) => {
    const form = note.closest("form");
    if (form) guard(form, note);
  });
}

function guard(form: HTMLFormElement, note: HTMLElement): void {
  let reached = false;
  let trying = false;
  const send = async (button: HTMLElement | null) => {
    if (trying) return;
    trying = true;
    reached = await reachable();
    trying = false;
    note.hidden = reached;
    const key = form.querySelector<HTMLInputElement>("input[name=submission]")?.value;
    if (reached) {
      if (key) await drop(key);
      return form.requestSubmit(button);
    }
    const kept = await keep(form);
    note.querySelectorAll<HTMLElement>("[data-kept-here]").forEach((one) => (one.hidden = one.dataset.keptHere !== String(kept)));
    note.scrollIntoView({ block: "nearest" });
    if (kept && "again" in form.dataset) return anew(form);
    addEventListener("online", () => void send(button), { once: true });
    setTimeout(() => void (note.hidden || send(button)), AGAIN);
  };
  form.addEventListener("submit", (event) => {
    if (reached) return;
    event.preventDefault();
    void send((event as SubmitEvent).submitter);
  });
  addEventListener("pageshow", () => {
    reached = false;
  });
}

/** What waits goes by itself (queue.ts); the form is free for the next, which has a key of its own. */
function anew(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>("input[name=submission]");
  form.reset();
  const signs = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0"));
  if (key) key.value = signs.join("");
  dispatchEvent(new Event("kept"));
}

/** Asks for the page itself, without its content; whatever comes back, the server is there. */
async function reachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}
