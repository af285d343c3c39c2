// Fills a field with what stands behind the # of the address, `#code=...`: a browser sends that to no server. It is taken
// out of the address at once, so that it stands in no history either, and in nothing that is passed on.
export function start() {
  for (const field of document.querySelectorAll("[data-fragment]")) {
    const said = new URLSearchParams(location.hash.slice(1)).get(field.dataset.fragment);
    if (!said) continue;
    field.value = said.slice(0, field.maxLength);
    history.replaceState(history.state, "", location.pathname + location.search);
    field.form.querySelector("[type=submit]").focus();
  }
}
