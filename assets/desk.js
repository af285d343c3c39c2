// Small helps at the desk: choose all rows and see how many are chosen, copy a text, put a wording into a field, send by keyboard.
function pickAll(form) {
  const all = form.querySelector("[data-pick-all]");
  if (!all) return;
  all.hidden = false;
  const chosen = form.querySelector("[data-pick-count]");
  const count = () => {
    const number = form.querySelectorAll("input[name=pick]:checked").length;
    chosen.hidden = !number;
    chosen.querySelector("strong").textContent = number;
    for (const button of form.querySelectorAll("button[name=verb]")) button.disabled = !number;
  };
  form.addEventListener("change", (event) => {
    if (all.contains(event.target)) for (const box of form.querySelectorAll("input[name=pick]")) box.checked = event.target.checked;
    count();
  });
  // Who comes back by the browser's own button finds the boxes as they were.
  window.addEventListener("pageshow", count);
  count();
}

function copies(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
    } catch {
      source.select?.();
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}

function fills(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill);
    field.value = "whole" in button.dataset ? button.dataset.text : button.dataset.text + (field.value.trim() && !field.value.startsWith(button.dataset.text) ? field.value : "");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function all(label) {
  label.hidden = false;
  label.addEventListener("change", (event) => {
    for (const box of label.closest("fieldset").querySelectorAll("input[type=checkbox]")) box.checked = event.target.checked;
  });
}

export function start() {
  document.querySelectorAll("[data-all]").forEach(all);
  document.querySelectorAll("form[data-picks]").forEach(pickAll);
  document.querySelectorAll("[data-copy]").forEach(copies);
  document.querySelectorAll("[data-fill]").forEach(fills);
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form[data-send-by-key]");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
    const key = event.altKey && !event.ctrlKey ? document.querySelector(`[data-focus-key="${CSS.escape(event.key)}"]`) : null;
    if (key) { event.preventDefault(); key.focus(); }
  });
}
