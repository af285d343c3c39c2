// Tables on a narrow screen: each cell is told its column, so that a row reads as a small card (see theme.css).
// Tables that are filled in (other than behind a fold), those with few columns, and those to be read across
// (`data-wide`) stay as they are.
const FEWEST = 4;
const NOTHING = ["", "—", "-"];
const ROLES = { thead: "rowgroup", tbody: "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };

export function start() {
  for (const table of document.querySelectorAll(".table-responsive > table")) {
    const heads = [...table.querySelectorAll("thead th")];
    const filled = table.querySelector("tbody :is(select, textarea, input:not([type=checkbox], [type=hidden])):not(details *)");
    if (heads.length < FEWEST || filled || "wide" in table.dataset || table.querySelector("[rowspan]")) continue;
    table.dataset.stack = "";
    table.setAttribute("role", "table");
    for (const [name, role] of Object.entries(ROLES)) {
      for (const part of table.querySelectorAll(name)) part.setAttribute("role", role);
    }
    for (const row of table.tBodies[0]?.rows || []) tell(row, heads);
  }
}

function tell(row, heads) {
  let title;
  for (const cell of row.cells) {
    const text = cell.textContent.trim();
    if (NOTHING.includes(text) && !cell.querySelector("input, button, a, svg")) cell.dataset.blank = "";
    else if (!title && text) { title = cell; cell.dataset.title = ""; }
    else if (text && cell.colSpan === 1) cell.dataset.label = heads[cell.cellIndex]?.textContent.trim() || "";
  }
}
