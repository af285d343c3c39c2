// Reports made without signal: each is kept on this phone under a key of its own until the server has answered it.
// The key makes sending twice harmless, so a lost answer is simply asked for again; a refused report stays, with why.
import * as draft from "./draft.js";

const STORE = "outbox";
const WAITING = "outbox-waiting";
const AGAIN = 20_000;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function store(mode) {
  const opening = indexedDB.open("linli", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
  return (await done(opening)).transaction(STORE, mode).objectStore(STORE);
}

const all = async () => (await done((await store("readonly")).getAll())).sort((a, b) => a.at - b.at);
const put = async (record) => done((await store("readwrite")).put(record));
const remove = async (key) => done((await store("readwrite")).delete(key));
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function body(record) {
  const data = new FormData();
  data.append("key", record.key);
  for (const [name, value] of Object.entries(record.values)) data.append(name, value);
  for (const photo of record.photos) data.append("photos", photo, photo.name || "photo.jpg");
  return data;
}

// What became of one record: "sent", "refused", or "later" where nobody answered.
async function deliver(record, address, token) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: body(record), headers: { Accept: "application/json", "X-CSRFToken": token } });
  } catch {
    return "later";
  }
  if (answer.ok) {
    const { number, receipt } = await answer.json();
    await remove(record.key);
    document.dispatchEvent(new CustomEvent("outbox:sent", { detail: { number, receipt, text: record.values.text } }));
    return "sent";
  }
  if (answer.status >= 500 || [408, 429].includes(answer.status)) return "later";
  const told = await answer.json().catch(() => null);
  // An answer that is not Linli's own (a portal, an expired page) refuses nothing.
  if (!told?.error) return "later";
  await put({ ...record, refused: told.error.message || told.error.code });
  return "refused";
}

async function sendAll(address) {
  const waiting = (await all()).filter((record) => !record.refused);
  if (!waiting.length) return "empty";
  let state;
  try {
    const answer = await fetch(`${address}state/`, { headers: { Accept: "application/json" } });
    state = answer.ok ? await answer.json() : null;
  } catch {
    state = null;
  }
  if (!state) return "later";
  const mine = waiting.filter((record) => record.user === String(state.user));
  if (!mine.length) return "stranger";
  for (const record of mine) if ((await deliver(record, address, state.token)) === "later") return "later";
  return "empty";
}

let running = false;
export async function send(address) {
  if (running) return;
  running = true;
  try {
    const state = navigator.locks ? await navigator.locks.request("outbox", () => sendAll(address)) : await sendAll(address);
    await tell(state);
  } finally {
    running = false;
  }
}

async function tell(state) {
  const records = await all();
  const waiting = records.filter((record) => !record.refused);
  try { localStorage.setItem(WAITING, String(waiting.length)); } catch { /* the page itself still sends */ }
  const box = document.querySelector("[data-outbox-state]");
  if (!box) return;
  box.hidden = !waiting.length;
  box.querySelector("[data-count]").textContent = box.dataset.waiting.replace("{n}", waiting.length);
  box.querySelector("[data-sign-in]").hidden = state !== "stranger";
  const list = document.querySelector("[data-outbox-refused]");
  list.replaceChildren(...records.filter((record) => record.refused).map(refused));
}

function refused(record) {
  const item = document.querySelector("template[data-refused]").content.cloneNode(true);
  item.querySelector("[data-text]").textContent = record.values.text;
  item.querySelector("[data-why]").textContent = record.refused;
  item.querySelector("[data-again]").addEventListener("click", async () => {
    await put({ ...record, refused: "" });
    await send(document.querySelector("form[data-outbox]").getAttribute("action"));
  });
  item.querySelector("[data-away]").addEventListener("click", async () => { await remove(record.key); await tell(""); });
  return item;
}

async function keep(form) {
  const data = new FormData(form);
  const photos = data.getAll("photos").filter((photo) => photo.size);
  const values = Object.fromEntries([...data].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"));
  await put({ key: key(), user: form.dataset.user, at: Date.now(), values, photos });
  const place = form.elements.place.value;
  form.reset();
  form.elements.place.value = place;
  draft.drop(form);
  document.querySelector("[data-outbox-kept]").hidden = false;
  form.elements.text.focus();
}

// With a signal the search finds places beyond one's own too: whoever sees something reports it, wherever it lies.
async function elsewhere(find, select) {
  const words = find.value.trim();
  const answer = await fetch(`${find.dataset.find}?q=${encodeURIComponent(words)}`).catch(() => null);
  if (!answer?.ok || find.value.trim() !== words) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const known = new Set([...select.options].map((option) => option.value));
  for (const radio of page.querySelectorAll("input[name=place]")) {
    const name = radio.closest("label").textContent.trim().replace(/\s+/g, " ");
    if (!known.has(radio.value)) select.append(new Option(name, radio.value));
  }
  if (!select.value && select.options.length > 1) select.selectedIndex = 1;
}

export function start() {
  const form = document.querySelector("form[data-outbox]");
  const address = form?.getAttribute("action") || "/cases/patrol/outbox/";
  if (!form) {
    if (Number(localStorage.getItem(WAITING))) send(address);
    return;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.busy) { form.dataset.waiting = "1"; return; }
    await keep(form);
    await tell("");
    await send(address);
  });
  document.addEventListener("outbox:sent", (event) => {
    const list = document.querySelector("[data-outbox-sent]");
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: event.detail.receipt, textContent: event.detail.number });
    item.append(link, ` ${event.detail.text.slice(0, 20)}`);
    list.prepend(item);
    list.closest("section").hidden = false;
    document.querySelector("[data-outbox-kept]").hidden = true;
  });
  const find = form.querySelector("[data-find]");
  const options = [...form.elements.place.options];
  let asking;
  find?.addEventListener("input", () => {
    const words = find.value.trim().split(/\s+/);
    const fitting = options.filter((option) => !option.value || words.every((word) => option.text.includes(word)));
    form.elements.place.replaceChildren(...fitting);
    if (fitting.length > 1 && find.value.trim()) form.elements.place.value = fitting[1].value;
    clearTimeout(asking);
    if (find.value.trim()) asking = setTimeout(() => elsewhere(find, form.elements.place), 300);
  });
  addEventListener("online", () => send(address));
  setInterval(() => { if (!document.hidden) send(address); }, AGAIN);
  navigator.serviceWorker?.register("/sw.js");
  // The visit that brings the worker is not kept by it: the page is asked for once more, so that it opens without signal.
  const keepPage = () => { fetch(location.pathname).catch(() => {}); };
  if (!navigator.serviceWorker?.controller) navigator.serviceWorker?.addEventListener("controllerchange", keepPage, { once: true });
  tell("").then(() => send(address));
}
