// Pages work without this file. It opens what is folded where a link leads into it, and for print in browsers that would leave it out; tables of figures stay closed, as wide as they are.
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
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")].filter((each) => !each.closest("figure"));
    opened.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
