// Drafts: what is typed into a form[data-draft=NAME] stays in this browser until it was taken in, and not longer than
// three days. Files, passwords, hidden fields and what is marked data-private are never kept.
//
// A draft ends when the page after the sending is neither the same form again nor a page that tells of a fault
// (`data-fault`). So nothing is lost to a refusal, an expired session, a broken server or a lost connection.
const DAYS = 3 * 24 * 3600 * 1000;
const SENDING = "draft-sending";
const PERSONAL = ["phone", "reporter_name", "behalf_of", "login", "username"];
const UNKEPT = ["hidden", "password", "file", "submit", "button", "tel", "search"];
const name = (form) => `draft:${form.dataset.draft}`;
const fields = (form) => [...form.elements].filter((field) => field.name && !UNKEPT.includes(field.type) && !PERSONAL.includes(field.name) && !("private" in field.dataset));
const ticks = (field) => ["checkbox", "radio"].includes(field.type);

function read(key, store = localStorage) {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
}

function write(key, value, store = localStorage) {
  // A full or forbidden store costs the draft, never the form.
  try { if (value) store.setItem(key, JSON.stringify(value)); else store.removeItem(key); } catch { /* nothing to keep in */ }
}

function keep(form) {
  const values = {};
  const before = read(name(form))?.values ?? {};
  for (const field of fields(form)) {
    // What the page itself filled in is no draft, unless it came from one and was sent in vain.
    const changed = ticks(field) ? field.checked : field.value && field.value !== (field.defaultValue ?? "");
    if (changed || (field.value && before[field.name] === field.value && !ticks(field))) values[field.name] = field.value;
  }
  write(name(form), Object.values(values).some((value) => value.trim()) ? { at: Date.now(), values } : null);
}

function restore(form) {
  const draft = read(name(form));
  if (!draft || Date.now() - draft.at > DAYS) { write(name(form), null); return; }
  let restored = false;
  for (const field of fields(form)) {
    const value = draft.values[field.name];
    if (value === undefined) continue;
    if (ticks(field)) field.checked = field.value === value;
    else if (field.value !== value) { field.value = value; restored ||= field.tagName === "TEXTAREA"; }
  }
  const note = form.querySelector("[data-draft-note]");
  if (!note || !restored) return;
  note.hidden = false;
  note.querySelector("[data-draft-drop]")?.addEventListener("click", () => { write(name(form), null); form.reset(); note.hidden = true; });
}

function settle(forms) {
  const sending = read(SENDING, sessionStorage);
  if (!sending) return;
  write(SENDING, null, sessionStorage);
  const again = forms.some((form) => name(form) === sending.name);
  const fault = document.querySelector("[data-fault]");
  if (!again && !fault && document.referrer === sending.from) write(sending.name, null);
}

export function drop(form) { write(name(form), null); }

export function start() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  settle(forms);
  for (const form of forms) {
    form.querySelectorAll("[data-draft-told]").forEach((told) => { told.hidden = false; });
    restore(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => write(SENDING, { name: name(form), from: location.href.split("#")[0] }, sessionStorage));
  }
  addEventListener("pageshow", (event) => { if (event.persisted) write(SENDING, null, sessionStorage); });
}
