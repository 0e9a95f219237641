/* The search field: a list of units whose name, short name or pinyin initials hold
 * what is typed, of equals the one with most tasks first; arrows and Enter choose, / goes to the field. */
"use strict";

Gazette.search = function (entries, choose) {
  const field = document.getElementById("search");
  const list = document.getElementById("hits");
  const MOST = 12;
  let hits = [];
  let marked = -1;
  let more = 0;

  function find(words) {
    const wanted = words.trim().toLowerCase();
    more = 0;
    if (!wanted) return [];
    const rank = (entry) => {
      const lines = entry.text.toLowerCase().split("\n");
      if (lines.includes(wanted)) return 0;
      if (lines.some((line) => line.startsWith(wanted))) return 1;
      return lines.some((line) => line.includes(wanted)) ? 2 : 3;
    };
    const found = entries
      .map((entry) => [rank(entry), entry])
      .filter(([place]) => place < 3)
      .sort((a, b) => a[0] - b[0] || (b[1].weight || 0) - (a[1].weight || 0) || a[1].name.length - b[1].name.length || a[1].id - b[1].id)
      .map(([, entry]) => entry);
    more = Math.max(0, found.length - MOST);
    return found.slice(0, MOST);
  }

  function show() {
    list.replaceChildren(...hits.map((entry, place) =>
      Gazette.h("li", {
        role: "option", id: `hit-${place}`, "aria-selected": String(place === marked),
        onmousedown: (event) => { event.preventDefault(); take(entry); },
      }, entry.name, entry.label === entry.name ? null : Gazette.h("small", {}, entry.label))));
    if (hits.length && more) {
      list.append(Gazette.h("li", { role: "option", "aria-disabled": "true", class: "more" }, Gazette.t("more_hits", { n: more })));
    }
    list.hidden = !hits.length;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    if (marked >= 0) field.setAttribute("aria-activedescendant", `hit-${marked}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function close() {
    hits = [];
    marked = -1;
    show();
  }

  function take(entry) {
    field.value = entry.label;
    close();
    choose(entry.id);
  }

  field.addEventListener("input", () => {
    hits = find(field.value);
    marked = hits.length ? 0 : -1;
    show();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) marked = (marked + 1) % hits.length;
    else if (event.key === "ArrowUp" && hits.length) marked = (marked + hits.length - 1) % hits.length;
    else if (event.key === "Enter" && marked >= 0) { event.preventDefault(); return take(hits[marked]); }
    else if (event.key === "Escape") { field.value = ""; close(); field.blur(); return undefined; }
    else return undefined;
    event.preventDefault();
    show();
    return undefined;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
};
