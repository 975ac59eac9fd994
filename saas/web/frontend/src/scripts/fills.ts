// A select with data-fills puts the chosen text into a box. What somebody typed there is only
// replaced after a question; a template that was put in and not changed may give way to another.
export function fills(root: ParentNode): void {
  root.querySelectorAll<HTMLSelectElement>("select[data-fills]").forEach((select) => {
    const box = document.getElementById(select.dataset.fills ?? "") as HTMLTextAreaElement | null;
    if (!box) return;
    let put = "";
    select.addEventListener("change", () => {
      const text = select.value;
      // The box has the words now: sent along, the choice would come back where they were deleted.
      select.selectedIndex = 0;
      const typed = box.value.trim();
      if (!text || (typed && typed !== put.trim() && !confirm(select.dataset.asks))) return;
      put = box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });
  });
}
