// What every page needs: htmx under a strict policy, drafts that survive a closed browser, forms sent once.
import htmx from "htmx.org";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf]")?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

const key = (form) => `draft:${location.pathname}:${form.dataset.draft}`;
const kept = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));

function restore(form) {
  const draft = JSON.parse(localStorage.getItem(key(form)) || "{}");
  for (const field of kept(form)) {
    if (!(field.name in draft) || field.value) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = draft[field.name] === field.value;
    else field.value = draft[field.name];
  }
}

function keep(form) {
  const draft = {};
  for (const field of kept(form)) {
    if (["checkbox", "radio"].includes(field.type)) { if (field.checked) draft[field.name] = field.value; }
    else if (field.value) draft[field.name] = field.value;
  }
  localStorage.setItem(key(form), JSON.stringify(draft));
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  restore(form);
  form.addEventListener("input", () => keep(form));
}
for (const done of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(`draft:${done.dataset.draftDone}`);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  if (form.dataset.draft) localStorage.removeItem(key(form));
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

for (const field of document.querySelectorAll("input[name=idempotency_key]")) field.value ||= crypto.randomUUID();

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); document.querySelector("[type=search]")?.focus(); }
  if (event.key === "n") document.querySelector("[data-key-new]")?.click();
});

const build = document.querySelector("script[data-build]")?.dataset.build;
if (document.querySelector("[data-map]")) import(`${build}map.js`).then((module) => module.start());
if (document.querySelector("[data-chart]")) import(`${build}chart.js`).then((module) => module.start());
