// The query page: YASGUI on this server's endpoint, with the named queries as examples.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const endpoint = new URL("sparql", location.href).href;
  const root = settings.base.replace(/id\/$/, "");

  // The address of a thing on this server: its IRI may not resolve elsewhere.
  const local = (iri) => {
    if (iri.startsWith(settings.base)) {
      return `/id/${encode(iri.slice(settings.base.length))}`;
    }
    const vocabulary = "https://w3id.org/gazette-kg/";
    if (iri.startsWith(`${vocabulary}ontology#`)) return "/ontology";
    if (iri.startsWith(vocabulary)) return `/${encode(iri.slice(vocabulary.length))}`;
    return /^https?:\/\//.test(iri) ? iri : "";
  };
  const encode = (path) => path.split("/").map((part) => encodeURIComponent(decode(part))).join("/");
  const decode = (part) => {
    try {
      return decodeURIComponent(part);
    } catch (error) {
      return part;
    }
  };

  const table = Yasgui.Yasr.plugins.table;
  table.prototype.getUriLinkFromBinding = function (binding, prefixes) {
    const iri = binding.value;
    let words = iri.startsWith(settings.base) ? decode(iri.slice(settings.base.length)) : iri;
    for (const [prefix, space] of Object.entries(prefixes || {})) {
      if (iri.startsWith(space) && space !== root) words = `${prefix}:${iri.slice(space.length)}`;
    }
    const address = local(iri);
    const node = document.createElement(address ? "a" : "span");
    node.className = "iri";
    node.textContent = words;
    node.title = iri;
    if (address) {
      node.setAttribute("href", address);
      node.setAttribute("rel", "noopener");
    }
    return node.outerHTML;
  };

  // Languages and datatypes are shown when asked for: they crowd the words out.
  const draw = table.prototype.draw;
  table.prototype.draw = function (config) {
    return draw.call(this, { compact: true, ...config });
  };

  // A shortened cell takes a click for the wish to see all of it; a click on a link means the link.
  document.getElementById("yasgui").addEventListener(
    "click",
    (event) => {
      if (event.target.closest("a.iri")) event.stopPropagation();
    },
    true,
  );

  const first = settings.queries[0];
  Yasgui.Yasqe.defaults.value = first ? first.text : "SELECT * WHERE { ?s ?p ?o } LIMIT 10";
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: false,
    persistenceId: "gazette-kg",
    yasr: { pluginOrder: ["table", "response"], defaultPlugin: "table" },
  });

  const shown = (text, name) => {
    const tab = yasgui.addTab(true, { name, yasqe: { value: text }, requestConfig: { endpoint } });
    tab.setQuery(text);
    return tab;
  };
  const named = new Map(settings.queries.map((query) => [query.name, query]));
  document.getElementById("examples").addEventListener("click", (event) => {
    const button = event.target.closest("[data-query]");
    if (!button) return;
    const query = named.get(button.dataset.query);
    shown(query.text, query.name).getYasqe().query();
    document.getElementById("yasgui").scrollIntoView();
  });

  const wanted = new URLSearchParams(location.search).get("name");
  if (named.has(wanted)) shown(named.get(wanted).text, wanted);
})();
