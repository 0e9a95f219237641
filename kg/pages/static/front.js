/* The first page of a site in volumes: units are found by name, and lead to their pages. */
"use strict";

(function () {
  const { h } = Gazette;
  const field = document.getElementById("search");
  const found = document.getElementById("found");

  function show([name, , , pages]) {
    const links = pages.map(([number, page]) => [" ", h("a", { href: page }, String(number))]);
    found.replaceChildren(h("span", {}, `${name}：`, Gazette.t("in_volumes"), links));
    found.hidden = false;
    if (pages.length === 1) window.location.href = pages[0][1];
  }

  // Tens of thousands of names are read when somebody asks for one.
  field.addEventListener("focus", () => {
    Gazette.load("units").then((units) => {
      Gazette.search(units.map((unit, id) => ({
        id, name: unit[0], label: unit[0], text: unit[1], weight: unit[2],
      })), (id) => show(units[id]));
      field.dispatchEvent(new Event("input"));
    }).catch((problem) => {
      found.replaceChildren(problem.message);
      found.hidden = false;
    });
  }, { once: true });
  Gazette.ready();
})();
