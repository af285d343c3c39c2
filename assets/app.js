// What every page needs: htmx under a strict policy, drafts that survive a closed browser, forms sent once.
import htmx from "htmx.org";
import * as blur from "./blur.js";
import * as desk from "./desk.js";
import * as draft from "./draft.js";
import * as fragment from "./fragment.js";
import * as insert from "./insert.js";
import * as outbox from "./outbox.js";
import * as photos from "./photos.js";
import * as tables from "./tables.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf]")?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.busy) form.dataset.waiting = "1";
  if (form.dataset.sent || form.dataset.busy) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
draft.start();
fragment.start();
desk.start();
blur.start();
photos.start();
outbox.start();
insert.start();
tables.start();
document.addEventListener("htmx:afterSettle", tables.start);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
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
