/* The network of units: counts under filters, hover, panels, search, the link. */
"use strict";

(function () {
  const { h, t } = Gazette;
  const data = Gazette.read("data");
  const nodes = new vis.DataSet(Gazette.read("nodes"));
  const edges = new vis.DataSet(Gazette.read("edges"));
  const JOINT = 4; // behind the roles in data.lines
  const home = new Map(nodes.get().map((node) => [node.id, node]));
  const box = document.getElementById("network");
  const element = (id) => document.getElementById(id);

  const state = { least: 1, implied: false, primary: true, hidden: { role: new Set(), kind: new Set(), level: new Set(), notice: new Set() } };
  let chosen = null; // {node: id}, {edge: id}, or {headless: true}
  let hovered = null;
  let counts = null;

  /* ---- counting: as kg/network.py does, over what the filters let through ---- */

  function strongest(task) {
    const roles = new Map();
    for (const [unit, role, certainty] of task.roles) {
      if (certainty === 1 && !state.implied) continue;
      const node = data.units[unit];
      if (!roles.has(node) || role < roles.get(node)) roles.set(node, role);
    }
    return roles;
  }

  function recount() {
    const hide = state.hidden;
    const load = new Map();
    const links = new Map();
    const held = new Map();
    const headless = [];
    let used = 0;
    data.tasks.forEach((task, place) => {
      if (!task.counts[Number(state.implied)] || hide.notice.has(data.notices[task.notice].id)) return;
      const roles = strongest(task);
      used += roles.size > 0;
      const top = [...roles.values()].includes(0) || !state.primary ? 0 : 1;
      const heads = [...roles].filter(([, role]) => role === top).map(([node]) => node);
      if (roles.size && !heads.length) headless.push(place);
      for (const [node, role] of roles) {
        if (!load.has(node)) load.set(node, [0, 0, 0, 0]);
        load.get(node)[role] += 1;
        if (!held.has(node)) held.set(node, []);
        held.get(node).push(place);
        for (const head of heads) {
          const joint = heads.includes(node);
          if (joint && head >= node) continue;
          if (hide.role.has(joint ? "joint" : Gazette.ROLES[role])) continue;
          const id = joint ? `${head}=${node}` : `${head}>${node}`;
          if (!links.has(id)) links.set(id, { id, from: head, to: node, joint, tasks: [], roles: [0, 0, 0, 0] });
          links.get(id).tasks.push(place);
          links.get(id).roles[role] += 1;
        }
      }
    });
    const visible = (node) =>
      load.has(node) && !hide.kind.has(data.nodes[node].kind) && !hide.level.has(data.nodes[node].level);
    const kept = [...links.values()].filter(
      (link) => edges.get(link.id) && link.tasks.length >= state.least && visible(link.from) && visible(link.to),
    );
    counts = { load, held, visible, headless, links: new Map(kept.map((link) => [link.id, link])), tasks: used };
  }

  const total = (node) => (counts.load.get(node) || [0, 0, 0, 0]).reduce((sum, value) => sum + value, 0);
  const mainRole = (link) => (link.joint ? JOINT : link.roles.findIndex((count) => count === Math.max(...link.roles)));

  /* ---- drawing ---- */

  function near() {
    const centre = hovered || chosen;
    if (!centre || centre.headless) return null;
    if (centre.edge !== undefined) {
      const link = counts.links.get(centre.edge);
      return link ? { nodes: new Set([link.from, link.to]), edge: (id) => id === centre.edge } : null;
    }
    const around = new Set([centre.node]);
    for (const link of counts.links.values()) {
      if (link.from === centre.node) around.add(link.to);
      if (link.to === centre.node) around.add(link.from);
    }
    const touches = (id) => {
      const link = counts.links.get(id);
      return link && (link.from === centre.node || link.to === centre.node);
    };
    return { nodes: around, edge: touches };
  }

  function paint() {
    const focus = near();
    nodes.update(data.nodes.map((_, id) => {
      const dim = focus && !focus.nodes.has(id);
      return {
        id,
        x: state.implied ? data.nodes[id].at[0] : home.get(id).x,
        y: state.implied ? data.nodes[id].at[1] : home.get(id).y,
        hidden: !counts.visible(id),
        size: Math.round((6 + data.scale[0] * Math.sqrt(total(id))) * 10) / 10,
        opacity: dim ? 0.15 : 1,
        borderWidthSelected: 3,
        borderWidth: chosen && chosen.node === id ? 3 : 1,
        color: { background: home.get(id).color, border: chosen && chosen.node === id ? "#000000" : home.get(id).color,
          highlight: { background: home.get(id).color, border: "#000000" }, hover: { background: home.get(id).color, border: "#000000" } },
        font: { color: dim ? "rgba(26,26,26,0.18)" : "#1a1a1a", strokeWidth: dim ? 0 : 4 },
      };
    }));
    edges.update(edges.getIds().map((id) => {
      const link = counts.links.get(id);
      if (!link) return { id, hidden: true };
      const [colour, dashes] = data.lines[mainRole(link)];
      const dim = focus && !focus.edge(id);
      return {
        id,
        hidden: false,
        width: Math.round((0.6 + data.scale[1] * Math.sqrt(link.tasks.length)) * 10) / 10,
        dashes,
        color: { color: colour, highlight: colour, hover: colour, opacity: dim ? 0.06 : focus ? 1 : 0.62 },
      };
    }));
    const shown = data.nodes.filter((_, id) => counts.visible(id)).length;
    element("headless").hidden = !counts.headless.length;
    element("headless").replaceChildren(
      h("button", { type: "button", class: "link", onclick: () => choose({ headless: true }) },
        t(state.primary ? "headless" : "leadless", { n: counts.headless.length })), ...t("headless_note"));
    element("summary").replaceChildren(...t("summary", { units: shown, links: counts.links.size, tasks: counts.tasks }));
  }

  function fit() {
    const shown = data.nodes.map((_, id) => id).filter(counts.visible);
    network.fit({ nodes: shown });
    // On a phone the whole picture is too small to read: begin with the heaviest unit.
    if (box.clientWidth < 600 && shown.length && network.getScale() < 0.6) {
      const centre = shown.reduce((best, id) => (total(id) > total(best) ? id : best), shown[0]);
      network.moveTo({ position: network.getPositions([centre])[centre], scale: 0.6 });
    }
  }

  /* ---- panels ---- */

  const panel = element("panel");

  function showPanel(...content) {
    const close = h("button", { type: "button", class: "close", onclick: () => choose(null) }, t("close"));
    panel.replaceChildren(close, ...content.flat(Infinity).filter((item) => item !== null));
    panel.hidden = false;
    panel.scrollTop = 0;
  }

  const jump = (node) => h("button", { type: "button", class: "link", onclick: () => choose({ node }) }, data.nodes[node].label);

  function partnerList(key, links, other) {
    if (!links.length) return null;
    links.sort((a, b) => b.tasks.length - a.tasks.length || a.id.localeCompare(b.id));
    return [
      h("h3", {}, t(key)),
      h("ul", { class: "partners" }, links.map((link) =>
        h("li", {}, jump(link[other] === undefined ? link.from : link[other]), " ",
          h("button", { type: "button", class: "link count", onclick: () => choose({ edge: link.id }) },
            t("shared", { n: link.tasks.length }))))),
    ];
  }

  function nodePanel(id) {
    const node = data.nodes[id];
    const load = counts.load.get(id) || [0, 0, 0, 0];
    const links = [...counts.links.values()].map((link) => ({ ...link }));
    const list = h("div", {});
    const partners = new Set((counts.held.get(id) || []).flatMap((place) => [...strongest(data.tasks[place]).keys()]));
    partners.delete(id);
    showPanel(
      h("h2", {}, node.name),
      h("p", { class: "meta" }, Gazette.both(data.kinds[node.kind]), node.label !== node.name ? ` · ${node.label}` : null),
      node.href ? h("p", {}, h("a", { href: node.href }, t("unit_page"))) : h("p", {}, t("aggregate")),
      h("dl", { class: "measures" },
        [["task_count", total(id)], ...Gazette.ROLES.map((name, role) => [name, load[role]]), ["partners", partners.size]]
          .map(([key, value]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, String(value))))),
      partnerList("leads_whom", links.filter((l) => !l.joint && l.from === id), "to"),
      partnerList("led_by", links.filter((l) => !l.joint && l.to === id), "from"),
      partnerList("jointly", links.filter((l) => l.joint && (l.from === id || l.to === id))
        .map((l) => ({ ...l, other: l.from === id ? l.to : l.from })), "other"),
      h("h3", {}, t("all_tasks")),
      list,
    );
    Gazette.taskList(list, counts.held.get(id) || [], data, node.href ? new Set([node.href]) : null);
  }

  function edgePanel(id) {
    const link = counts.links.get(id);
    const list = h("div", {});
    const pages = [data.nodes[link.from].href, data.nodes[link.to].href];
    showPanel(
      h("h2", {}, jump(link.from), link.joint ? " — " : " → ", jump(link.to)),
      h("p", { class: "meta" }, t(link.joint ? "joint" : "lead_of"), " · ", t("shared", { n: link.tasks.length })),
      h("p", {}, link.roles.map((count, role) => (count && !link.joint ? [Gazette.roleTag(role, 0), ` ${count} `] : null))),
      list,
    );
    Gazette.taskList(list, link.tasks, data, pages.every(Boolean) ? new Set(pages) : null);
  }

  function headlessPanel() {
    const list = h("div", {});
    showPanel(h("h2", {}, t(state.primary ? "headless" : "leadless", { n: counts.headless.length })), list);
    Gazette.taskList(list, counts.headless, data, null);
  }

  function choose(what, keepView) {
    chosen = what;
    hovered = null;
    if (what && what.edge !== undefined && !counts.links.has(what.edge)) chosen = null;
    if (what && what.node !== undefined && !counts.visible(what.node)) chosen = null;
    if (!chosen) {
      panel.hidden = true;
      panel.replaceChildren();
      network.unselectAll();
    } else if (chosen.headless) {
      headlessPanel();
      network.unselectAll();
    } else if (chosen.node !== undefined) {
      nodePanel(chosen.node);
      // The panel takes room from the picture, which must know before it is moved.
      network.redraw();
      network.selectNodes([chosen.node], false);
      if (!keepView) network.focus(chosen.node, { scale: Math.max(network.getScale(), 0.7) });
    } else {
      edgePanel(chosen.edge);
      network.setSelection({ nodes: [], edges: [chosen.edge] }, { highlightEdges: false });
    }
    if (chosen && !keepView && !box.contains(document.activeElement)) panel.focus({ preventScroll: true });
    paint();
    save();
  }

  /* ---- tables ---- */

  const pageLink = (node) => (data.nodes[node].href
    ? h("a", { href: data.nodes[node].href }, data.nodes[node].name) : data.nodes[node].name);

  function linkTable() {
    const links = [...counts.links.values()].sort((a, b) => b.tasks.length - a.tasks.length || a.id.localeCompare(b.id));
    const open = (link) => h("button", { type: "button", class: "link", onclick: () => { choose({ edge: link.id }); box.scrollIntoView(); } }, String(link.tasks.length));
    element("links-table").replaceChildren(Gazette.makeTable("coordination-links",
      [["from"], ["to"], ["weight", true], ["primary", true], ["responsible", true], ["support", true], ["joint", true]],
      links.map((link) => [pageLink(link.from), pageLink(link.to), open(link),
        ...[1, 2, 3].map((role) => String(link.joint ? 0 : link.roles[role])), String(link.joint ? link.tasks.length : 0)])));
  }

  function nodeTable() {
    const shown = data.nodes.map((_, id) => id).filter(counts.visible).sort((a, b) => total(b) - total(a) || a - b);
    element("nodes-table").replaceChildren(Gazette.makeTable("coordination-units",
      [["unit"], ["kind"], ["task_count", true], ["lead", true], ["primary", true], ["responsible", true], ["support", true]],
      shown.map((id) => [pageLink(id), Gazette.both(data.kinds[data.nodes[id].kind]), String(total(id)),
        ...counts.load.get(id).map(String)])));
  }

  function tables() {
    if (element("links-twin").open) linkTable();
    if (element("nodes-twin").open) nodeTable();
  }

  /* ---- state in the link ---- */

  const ids = new Map(data.nodes.map((node, place) => [node.id, place]));
  let view = "";

  function save() {
    const names = (key) => [...state.hidden[key]].sort().join("|");
    const link = chosen && chosen.edge !== undefined ? counts.links.get(chosen.edge) : null;
    Gazette.setState({
      unit: chosen && chosen.node !== undefined ? data.nodes[chosen.node].id : "",
      link: link ? `${data.nodes[link.from].id}${link.joint ? "=" : ">"}${data.nodes[link.to].id}` : "",
      least: state.least > 1 ? state.least : "",
      implied: state.implied ? 1 : "",
      primary: state.primary ? "" : "own",
      headless: chosen && chosen.headless ? 1 : "",
      "no-role": names("role"), "no-kind": names("kind"), "no-level": names("level"), "no-notice": names("notice"),
      view,
    });
  }

  function restore() {
    const wanted = Gazette.state();
    state.least = Math.max(1, Number(wanted.get("least")) || 1);
    state.implied = wanted.get("implied") === "1";
    state.primary = wanted.get("primary") !== "own";
    for (const key of Object.keys(state.hidden)) {
      state.hidden[key] = new Set((wanted.get(`no-${key}`) || "").split("|").filter(Boolean));
    }
    element("least").value = state.least;
    element("implied").checked = state.implied;
    element("primary").checked = state.primary;
    document.querySelectorAll("fieldset[data-filter] input").forEach((input) => {
      input.checked = !state.hidden[input.closest("fieldset").dataset.filter].has(input.value);
    });
    element("least-value").textContent = state.least;
    recount();
    const link = (wanted.get("link") || "").match(/^(.*?)([>=])(.*)$/s);
    if (wanted.get("headless") === "1") choose({ headless: true }, true);
    else if (ids.has(wanted.get("unit"))) choose({ node: ids.get(wanted.get("unit")) }, true);
    else if (link && ids.has(link[1]) && ids.has(link[3])) choose({ edge: `${ids.get(link[1])}${link[2]}${ids.get(link[3])}` }, true);
    else choose(null);
    network.redraw();
    fit();
    const place = (wanted.get("view") || "").split(",").map(Number);
    if (place.length === 3 && place.every(Number.isFinite) && place[2] > 0) {
      network.moveTo({ position: { x: place[0], y: place[1] }, scale: place[2] });
      view = wanted.get("view");
      save();
    }
  }

  function filtered() {
    recount();
    const keep = chosen;
    choose(keep, true);
    tables();
  }

  /* ---- start ---- */

  const network = new vis.Network(box, { nodes, edges }, Gazette.read("options"));
  recount();
  restore();

  network.on("click", (event) => {
    if (event.nodes.length) choose({ node: event.nodes[0] }, true);
    else if (event.edges.length) choose({ edge: event.edges[0] }, true);
    else choose(null);
  });
  const tip = element("tip");
  let waiting = 0;
  function hover(what, text, event) {
    clearTimeout(waiting);
    tip.hidden = !text;
    if (text) {
      tip.replaceChildren(...text);
      const point = event.pointer.DOM;
      tip.style.left = `${box.offsetLeft + point.x + 14}px`;
      tip.style.top = `${box.offsetTop + point.y + 14}px`;
    }
    waiting = setTimeout(() => { hovered = what; paint(); }, 60);
  }
  network.on("hoverNode", (event) => hover({ node: event.node }, [data.nodes[event.node].name, " · ", ...t("tasks", { n: total(event.node) })], event));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", (event) => {
    const link = counts.links.get(event.edge);
    if (link) hover({ edge: event.edge }, [data.nodes[link.from].label, link.joint ? " — " : " → ", data.nodes[link.to].label, " · ", ...t("shared", { n: link.tasks.length })], event);
  });
  network.on("blurEdge", () => hover(null));
  const moved = () => {
    const centre = network.getViewPosition();
    view = `${Math.round(centre.x)},${Math.round(centre.y)},${network.getScale().toFixed(3)}`;
    save();
  };
  network.on("dragEnd", moved);
  let zooming = 0;
  network.on("zoom", () => { clearTimeout(zooming); zooming = setTimeout(moved, 200); });

  element("least").addEventListener("input", (event) => {
    state.least = Number(event.target.value);
    element("least-value").textContent = state.least;
    filtered();
  });
  element("primary").addEventListener("change", (event) => {
    state.primary = event.target.checked;
    filtered();
  });
  element("implied").addEventListener("change", (event) => {
    state.implied = event.target.checked;
    filtered();
    fit();
  });
  document.querySelectorAll("fieldset[data-filter]").forEach((field) =>
    field.addEventListener("change", (event) => {
      state.hidden[field.dataset.filter][event.target.checked ? "delete" : "add"](event.target.value);
      filtered();
    }));
  element("reset").addEventListener("click", () => {
    view = "";
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    restore();
    fit();
    tables();
  });
  element("copy").addEventListener("click", () => {
    const tell = (words) => element("summary").replaceChildren(...words);
    const refused = () => tell([window.location.href]);
    if (!navigator.clipboard) refused();
    else navigator.clipboard.writeText(window.location.href).then(() => tell(t("copied")), refused);
  });
  element("png").addEventListener("click", () => Gazette.savePng(network, nodes, edges, "coordination"));
  element("svg").addEventListener("click", () => Gazette.saveSvg(network, nodes, edges, "coordination"));
  element("links-twin").addEventListener("toggle", tables);
  element("nodes-twin").addEventListener("toggle", tables);
  window.addEventListener("beforeprint", () => { linkTable(); nodeTable(); });
  // A plain anchor, as of the link that skips to the content, is no state.
  window.addEventListener("hashchange", () => { if (window.location.hash.includes("=")) restore(); });
  document.addEventListener("language", save);

  Gazette.search(data.nodes.map((node, id) => ({
    id, name: node.name, label: node.label, text: node.search, get weight() { return total(id); },
  })),
    (id) => choose({ node: id }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose(null);
  });
  Gazette.holdable(box);
  Gazette.printable(box, network, nodes, edges);
  Gazette.ready();
  Gazette.network = { network, nodes, edges, get counts() { return counts; }, choose };
})();
