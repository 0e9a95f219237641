/* A unit's page: a number shows the tasks that it rests on, and the link keeps that. */
"use strict";

(function () {
  const bar = document.getElementById("only");
  if (!bar) return;
  const items = [...document.querySelectorAll("[data-facets]")];
  const table = document.getElementById("all-tasks");

  function show(facet) {
    const fits = (item) => !facet || item.dataset.facets.split(" ").includes(facet);
    items.forEach((item) => (item.hidden = !fits(item)));
    const found = items.filter((item) => facet && fits(item));
    const tasks = new Set(found.filter((item) => item.dataset.task).map((item) => item.dataset.task)).size;
    bar.hidden = !facet;
    if (facet) bar.querySelector("span").replaceChildren(...Gazette.t("only", { n: tasks }));
    // Of many tasks some stand in the table alone.
    if (found.filter((item) => item.tagName === "ARTICLE").length < tasks) table.open = true;
    Gazette.setState({ only: facet });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-only]");
    if (!button) return;
    show(button.dataset.only);
    bar.scrollIntoView({ block: "center" });
    bar.querySelector("button").focus({ preventScroll: true });
  });
  bar.querySelector("button").addEventListener("click", () => show(""));
  const wanted = Gazette.state().get("only");
  if (wanted) show(wanted);
})();
