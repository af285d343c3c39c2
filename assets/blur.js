// Rectangles drawn over a photo; the server burns them in. Sends fractions of width and height.
export function start() {
  const form = document.querySelector("form[data-blur]");
  if (!form) return;
  const box = form.querySelector(".blur-box");
  const field = form.querySelector("input[name=regions]");
  const undo = form.querySelector("[data-blur-undo]");
  const regions = [];
  let drawn = null;
  let from = null;
  const at = (event) => {
    const edge = box.getBoundingClientRect();
    const part = (value, size) => Math.min(1, Math.max(0, value / size));
    return [part(event.clientX - edge.left, edge.width), part(event.clientY - edge.top, edge.height)];
  };
  const place = (to) => {
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    const [width, height] = [Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
    Object.assign(drawn.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` });
    return [x, y, width, height];
  };
  const keep = () => {
    field.value = regions.map((item) => item.edges.map((part) => part.toFixed(4)).join(",")).join(";");
    undo.hidden = !regions.length;
  };
  box.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    from = at(event);
    drawn = box.appendChild(Object.assign(document.createElement("div"), { className: "region" }));
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => { if (drawn) place(at(event)); });
  box.addEventListener("pointerup", (event) => {
    if (!drawn) return;
    const edges = place(at(event));
    if (edges[2] < 0.01 || edges[3] < 0.01) drawn.remove();
    else regions.push({ element: drawn, edges });
    drawn = null;
    keep();
  });
  undo.addEventListener("click", () => { regions.pop()?.element.remove(); keep(); });
}
