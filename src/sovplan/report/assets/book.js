// Pages work without this file. It opens what is folded where a link leads into it, and all of it where asked. For print it opens further figures and what stands behind figures; tables of figures are printed where the reader opened them, else named only (book.css).
(() => {
  "use strict";
  const reveal = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    const folded = [];
    for (let at = place.closest("details"); at; at = at.parentElement.closest("details")) folded.push(at);
    if (folded.every((each) => each.open)) return;
    folded.forEach((each) => { each.open = true; });
    place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  const all = document.querySelector("[data-open-all]");
  if (all) {
    const further = [...document.querySelectorAll("details.more")];
    const names = [all.textContent, all.dataset.close];
    const name = () => { all.textContent = names[further.every((each) => each.open) ? 1 : 0]; };
    all.hidden = false;
    all.addEventListener("click", () => {
      const open = !further.every((each) => each.open);
      further.forEach((each) => { each.open = open; });
      name();
    });
    further.forEach((each) => each.addEventListener("toggle", name));
  }
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")].filter((each) => each.matches(".behind") || !each.closest("figure"));
    opened.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
