/* What every page needs: two languages, tables that sort and become CSV, a way to
 * build elements without HTML strings, data from the page or from files beside it. */
"use strict";

const Gazette = {};

/** Read a JSON block of the page; null where there is none. */
Gazette.read = function (id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : null;
};

Gazette.texts = Gazette.read("texts") || {};

/** Build an element. `props` are attributes; on… are listeners; text never is HTML. */
Gazette.h = function (tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
};

Gazette.fill = function (template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, key) => (values && key in values ? values[key] : whole));
};

/** Both languages of a pair; the style sheet shows one. */
Gazette.both = function (pair) {
  return [
    Gazette.h("span", { class: "zh", lang: "zh" }, pair[0]),
    Gazette.h("span", { class: "en", lang: "en" }, pair[1]),
  ];
};

Gazette.t = function (key, values) {
  return Gazette.both((Gazette.texts[key] || [key, key]).map((text) => Gazette.fill(text, values)));
};

/** The text in the language that is shown, for places that take no elements. */
Gazette.say = function (key, values) {
  const pair = Gazette.texts[key] || [key, key];
  return Gazette.fill(pair[Gazette.language() === "en" ? 1 : 0], values);
};

/* ---- language ---- */

Gazette.language = () => document.documentElement.dataset.lang;

Gazette.remember = function (key, value) {
  try {
    if (value === undefined) return window.localStorage.getItem(key);
    window.localStorage.setItem(key, value);
  } catch (refused) {
    /* a browser may forbid storage to files: then nothing is remembered */
  }
  return null;
};

Gazette.speak = function (language) {
  const root = document.documentElement;
  root.dataset.lang = language;
  root.lang = language === "en" ? "en" : "zh-CN";
  document.dispatchEvent(new CustomEvent("language"));
};

/* ---- the state that a link carries, behind # ---- */

Gazette.state = function () {
  return new URLSearchParams(window.location.hash.slice(1));
};

Gazette.setState = function (values) {
  const state = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== "" && value !== null && value !== undefined) state.set(key, value);
  }
  if (Gazette.language() === "en") state.set("lang", "en");
  const hash = state.toString() ? `#${state}` : "";
  // Where there is nothing to keep, an anchor in the page stays in its address.
  if (!hash && !window.location.hash.includes("=")) return;
  if (hash !== window.location.hash) {
    window.history.replaceState(null, "", `${window.location.pathname}${window.location.search}${hash}`);
  }
};

/* ---- data in files of their own: each calls Gazette.receive ---- */

Gazette.chunks = new Map();

Gazette.receive = function (name, data) {
  Gazette.chunks.get(name).resolve(data);
};

Gazette.load = function (name) {
  if (!Gazette.chunks.has(name)) {
    const entry = {};
    entry.promise = new Promise((resolve, reject) => {
      entry.resolve = resolve;
      const source = `data/${name}.js`;
      const failed = () => reject(new Error(Gazette.say("failed", { name: source })));
      document.head.append(Gazette.h("script", { src: source, onerror: failed }));
    });
    Gazette.chunks.set(name, entry);
  }
  return Gazette.chunks.get(name).promise;
};

/* ---- tables ---- */

Gazette.cellValue = function (cell) {
  if (!cell) return "";
  if (cell.dataset.value !== undefined) return cell.dataset.value;
  return [...cell.childNodes].map((node) => Gazette.visibleText(node)).join("").trim();
};

/** The text of a node in the language that is shown. */
Gazette.visibleText = function (node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.classList.contains(Gazette.language() === "en" ? "zh" : "en")) return "";
  const inner = [...node.childNodes].map(Gazette.visibleText).join("");
  return /^(LI|P|DIV|TR|BR)$/.test(node.tagName) ? `${inner}\n` : inner;
};

Gazette.sortTable = function (table, column, descending) {
  const body = table.tBodies[0];
  const number = table.tHead.rows[0].cells[column].classList.contains("number");
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const rows = [...body.rows].map((row, place) => ({ row, place, value: Gazette.cellValue(row.cells[column]) }));
  rows.sort((a, b) => {
    const order = number ? Number(a.value || 0) - Number(b.value || 0) : collator.compare(a.value, b.value);
    return (descending ? -order : order) || a.place - b.place;
  });
  body.append(...rows.map((item) => item.row));
  [...table.tHead.rows[0].cells].forEach((cell, place) => {
    if (place === column) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
};

/** Make the heads of a table buttons that sort it; numbers start with the greatest. */
Gazette.sortable = function (table) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = Gazette.h("button", { type: "button", class: "sort" });
    button.append(...cell.childNodes);
    button.addEventListener("click", () => {
      const now = cell.getAttribute("aria-sort");
      const descending = now ? now === "ascending" : cell.classList.contains("number");
      Gazette.sortTable(table, column, descending);
    });
    cell.append(button);
  });
};

/** RFC 4180, with a mark so that spreadsheets read UTF-8, and no cell that is a formula. */
Gazette.csv = function (table) {
  const line = (cells) =>
    [...cells]
      .map((cell) => Gazette.cellValue(cell))
      .map((value) => (/^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value))
      .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
      .join(",");
  const rows = [table.tHead.rows[0], ...table.tBodies[0].rows];
  return `\ufeff${rows.map((row) => line(row.cells)).join("\r\n")}\r\n`;
};

Gazette.download = function (name, blob) {
  const link = Gazette.h("a", { href: URL.createObjectURL(blob), download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

Gazette.csvButton = function (table, name) {
  return Gazette.h(
    "button",
    {
      type: "button",
      class: "csv",
      onclick: () => Gazette.download(`${name}.csv`, new Blob([Gazette.csv(table)], { type: "text/csv" })),
    },
    "CSV",
  );
};

/** Build a sortable table from heads [[text key, isNumber]] and rows of cell contents. */
Gazette.makeTable = function (name, heads, rows) {
  const { h } = Gazette;
  const table = h(
    "table",
    { class: "sortable", id: `table-${name}` },
    h("thead", {}, h("tr", {}, heads.map(([key, number]) => h("th", { scope: "col", class: number ? "number" : null }, Gazette.t(key))))),
    h("tbody", {}, rows.map((cells) =>
      h("tr", {}, cells.map((cell, place) => h("td", { class: heads[place][1] ? "number" : null }, cell))))),
  );
  Gazette.sortable(table);
  return h("div", { class: "table-box" },
    h("div", { class: "table-tools" }, Gazette.csvButton(table, name)),
    h("div", { class: "scroll", tabindex: "0" }, table));
};

/** Mark the moment from which the page answers: its picture has been painted. */
Gazette.ready = function () {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("interactive")));
};

/* ---- start ---- */

(function () {
  const wanted = Gazette.state().get("lang") || Gazette.remember("gazette-language");
  if (wanted === "en") Gazette.speak("en");
  const start = () => {
    const button = document.getElementById("language");
    if (button) {
      button.addEventListener("click", () => {
        const language = Gazette.language() === "en" ? "zh" : "en";
        Gazette.remember("gazette-language", language);
        Gazette.speak(language);
      });
    }
    const query = document.documentElement.dataset.query;
    if (query) document.querySelectorAll("a.query").forEach((link) => (link.href = query));
    document.querySelectorAll("table.sortable").forEach(Gazette.sortable);
    document.querySelectorAll("button.csv[data-csv]").forEach((item) => {
      item.addEventListener("click", () => {
        const table = document.getElementById(`table-${item.dataset.csv}`);
        Gazette.download(`${item.dataset.csv}.csv`, new Blob([Gazette.csv(table)], { type: "text/csv" }));
      });
    });
    // On a narrow screen the picture comes before its filters.
    if (window.innerWidth <= 820) document.querySelectorAll("details.filters").forEach((item) => (item.open = false));
    window.addEventListener("beforeprint", () => {
      document.querySelectorAll("details").forEach((item) => (item.open = true));
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
