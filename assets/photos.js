// Photos before they are sent: up to nine, shown small, made smaller where the browser can. Sending works without.
const SIDE = 1600;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.type === "image/gif") return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 600_000 && ["image/jpeg", "image/png", "image/webp"].includes(file.type)) return file;
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function put(input, files) {
  try {
    const list = new DataTransfer();
    files.forEach((file) => list.items.add(file));
    input.files = list.files;
    return true;
  } catch {
    return false;
  }
}

function draw(input, box, files, change) {
  box.replaceChildren(...files.map((file, number) => {
    const item = document.createElement("li");
    const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: `${box.dataset.photo} ${number + 1}` });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    const away = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    away.setAttribute("aria-label", `${box.dataset.remove} ${number + 1}`);
    away.addEventListener("click", () => change(files.filter((_file, at) => at !== number)));
    item.append(picture, away);
    return item;
  }));
}

export function start() {
  for (const input of document.querySelectorAll("input[type=file][data-photos]")) {
    const button = document.querySelector(`[data-photo-button][for="${input.id}"]`);
    if (button) { button.hidden = false; input.classList.add("photo-input"); }
    const box = document.getElementById(input.dataset.photos);
    const told = document.getElementById(input.dataset.told);
    const most = Number(input.dataset.most || 9);
    let chosen = [];
    const change = (files) => {
      told.hidden = files.length <= most;
      const kept = files.slice(0, most);
      if (!put(input, kept)) { draw(input, box, [...input.files].slice(0, most), () => { input.value = ""; box.replaceChildren(); }); return; }
      chosen = kept;
      draw(input, box, kept, change);
    };
    input.addEventListener("change", async () => {
      input.form.dataset.busy = "1";
      change([...chosen, ...(await Promise.all([...input.files].map(smaller)))]);
      delete input.form.dataset.busy;
      if (!input.form.dataset.waiting) return;
      delete input.form.dataset.waiting;
      input.form.requestSubmit();
    });
    input.form.addEventListener("reset", () => { chosen = []; box.replaceChildren(); });
  }
}
