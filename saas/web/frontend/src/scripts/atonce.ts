// A form with data-at-once goes by itself inside a frame, which only those can make whom the answer names. Alone
// it waits for a press: nobody is signed in by a link that somebody else has sent. One that says "anywhere" ends what
// this very browser began, and needs no press.
export function atOnce(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-at-once]");
  if (window.top !== window.self || form?.dataset.atOnce === "anywhere") form?.requestSubmit();
}
