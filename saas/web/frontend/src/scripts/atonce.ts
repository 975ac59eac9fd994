// A form with data-at-once goes by itself inside a frame, which only those can make whom the answer names. Alone
// it waits for a press: nobody is signed in by a link that somebody else has sent.
export function atOnce(root: ParentNode): void {
  if (window.top === window.self) return;
  root.querySelector<HTMLFormElement>("form[data-at-once]")?.requestSubmit();
}
