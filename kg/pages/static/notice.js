/* A notice's text: shows the words that a link names (#s120-134), and lets kinds of
 * marks be switched off. */
"use strict";

(function () {
  const source = document.getElementById("source");
  const segments = [...source.querySelectorAll("[data-s]")].map((element) => {
    const start = Number(element.dataset.s);
    return { element, start, end: start + element.textContent.length };
  });

  function find() {
    const named = /^#s(\d+)-(\d+)$/.exec(window.location.hash);
    segments.forEach((item) => item.element.classList.remove("hit"));
    if (!named) return;
    const [start, end] = [Number(named[1]), Number(named[2])];
    const hits = segments.filter((item) => item.start < end && item.end > start);
    hits.forEach((item) => item.element.classList.add("hit"));
    if (hits.length) hits[0].element.scrollIntoView({ block: "center" });
  }

  document.querySelectorAll(".toggles input").forEach((input) => {
    input.addEventListener("change", () => source.classList.toggle(`no-${input.value}`, !input.checked));
  });
  window.addEventListener("hashchange", find);
  find();
})();
