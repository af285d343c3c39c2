// Puts a field into the text at the cursor of the paragraph that was written in last.
let last = null;

export function start() {
  document.addEventListener("focusin", (event) => { if (event.target.matches(".report-line textarea")) last = event.target; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    last ??= document.querySelector("details.report-line[open] textarea");
    last ??= document.querySelector(".report-body")?.closest("details")?.querySelector("textarea");
    if (!last) return;
    last.closest("details").open = true;
    last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
