/* A network that is looked at: pointing dims the rest, a click opens a panel, the
 * picture is saved. For pages whose counts do not change. */
"use strict";

Gazette.stage = function (name, click) {
  const box = document.getElementById("network");
  const panel = document.getElementById("panel");
  const tip = document.getElementById("tip");
  const nodes = new vis.DataSet([]);
  const edges = new vis.DataSet([]);
  const network = new vis.Network(box, { nodes, edges }, Gazette.read("options"));
  let home = [];
  let focus = null;
  let waiting = 0;

  // vis-network sets lines as tight as their letters are high. A thin space of a
  // greater size in each line gives them room; what a document says stays text.
  const spaced = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .split("\n").map((line) => `\u200b<b>${line}</b>`).join("\n");

  function near(id) {
    const around = new Set([id]);
    edges.forEach((edge) => {
      if (edge.hidden) return;
      if (edge.from === id) around.add(edge.to);
      if (edge.to === id) around.add(edge.from);
    });
    return around;
  }

  function paint() {
    const around = focus === null ? null : near(focus);
    nodes.update(home.map((node) => {
      const dim = around && !around.has(node.id);
      const ink = node.ink || "#1a1a1a";
      const boxed = node.shape === "box";
      return {
        id: node.id,
        opacity: dim ? 0.15 : 1,
        borderWidth: node.id === focus ? 3 : 1,
        borderWidthSelected: 3,
        color: { background: node.color, border: boxed || node.id === focus ? "#17324d" : node.color,
          highlight: { background: node.color, border: "#000000" }, hover: { background: node.color, border: "#000000" } },
        font: { color: dim ? "rgba(26,26,26,0.18)" : ink, size: boxed ? 16 : 14, strokeWidth: boxed || dim ? 0 : 4,
          ...(boxed ? { multi: "html", bold: { size: 12, mod: "", color: dim ? "rgba(26,26,26,0.18)" : ink } } : {}) },
        shapeProperties: { borderRadius: 3 },
      };
    }));
    edges.update(edges.get().map((edge) => ({
      id: edge.id,
      color: { color: edge.ink, highlight: edge.ink, hover: edge.ink,
        opacity: around ? (edge.from === focus || edge.to === focus ? 1 : 0.06) : 0.75 },
    })));
  }

  const stage = {
    network, nodes, edges,
    /** Called when the choice has changed. */
    save() {},
    get chosen() { return panel.hidden ? null : home.find((node) => node.id === focus); },
    get narrow() { return box.clientWidth < 600; },
    show(newNodes, newEdges) {
      home = newNodes;
      focus = null;
      edges.clear();
      nodes.clear();
      nodes.add(newNodes.map((node) => (node.shape === "box" ? { ...node, words: node.label, label: spaced(node.label) } : node)));
      edges.add(newEdges.map((edge) => ({ ...edge, ink: edge.color })));
      paint();
      stage.fit(newNodes.map((node) => node.id));
    },
    fit(ids) {
      network.fit({ nodes: ids });
      // Where the whole picture is too small to read, begin with the best linked node.
      if (ids.length && network.getScale() < 0.6) {
        const links = (id) => network.getConnectedEdges(id).length;
        const centre = ids.reduce((best, id) => (links(id) > links(best) ? id : best), ids[0]);
        network.moveTo({ position: network.getPositions([centre])[centre], scale: stage.narrow ? 0.6 : 0.8 });
      }
    },
    /** Show the whole width, with what is at this height, or the top, before the reader. */
    columns(y = -Infinity) {
      const bounds = home.map((node) => network.getBoundingBox(node.id));
      const [left, right, top] = [Math.min(...bounds.map((one) => one.left)), Math.max(...bounds.map((one) => one.right)),
        Math.min(...bounds.map((one) => one.top))];
      const scale = Math.min(1, box.clientWidth / (right - left + 8));
      network.moveTo({ position: { x: (left + right) / 2, y: Math.max(y, top - 8 + box.clientHeight / 2 / scale) }, scale });
    },
    /** Bring a node before the reader. */
    bring(id) { network.focus(id, { scale: Math.max(network.getScale(), 0.7) }); },
    choose(id) {
      focus = id;
      if (id === null) {
        panel.hidden = true;
        panel.replaceChildren();
        network.unselectAll();
      } else {
        network.selectNodes([id], false);
        const content = click(home.find((node) => node.id === id));
        panel.replaceChildren(
          Gazette.h("button", { type: "button", class: "close", onclick: () => stage.choose(null) }, Gazette.t("close")),
          ...[content].flat(Infinity).filter((item) => item !== null && item !== undefined));
        panel.hidden = false;
        panel.scrollTop = 0;
        if (!box.contains(document.activeElement)) panel.focus({ preventScroll: true });
      }
      paint();
      stage.save();
    },
    /** Choose a node that was searched for, and bring it before the reader. */
    find(id) {
      stage.choose(id);
      // The panel takes room from the picture, which must know before it is moved.
      network.redraw();
      stage.bring(id);
    },
    /** Let the link keep the chosen node, by its key, and choose what the link names. */
    keep() {
      const restore = () => {
        const node = home.find((item) => item.key === Gazette.state().get("node"));
        if (node) stage.find(node.id);
        else stage.choose(null);
      };
      stage.save = () => Gazette.setState({ node: stage.chosen ? stage.chosen.key : "" });
      restore();
      document.addEventListener("language", stage.save);
      window.addEventListener("hashchange", () => { if (window.location.hash.includes("=")) restore(); });
    },
  };

  Gazette.holdable(box);
  Gazette.printable(box, network, nodes, edges);
  Gazette.ready();
  network.on("click", (event) => stage.choose(event.nodes.length ? event.nodes[0] : null));
  network.on("hoverNode", (event) => {
    clearTimeout(waiting);
    const node = nodes.get(event.node);
    tip.textContent = node.name || node.words || node.label;
    tip.hidden = false;
    tip.style.left = `${box.offsetLeft + event.pointer.DOM.x + 14}px`;
    tip.style.top = `${box.offsetTop + event.pointer.DOM.y + 14}px`;
    if (panel.hidden) waiting = setTimeout(() => { focus = event.node; paint(); }, 60);
  });
  network.on("blurNode", () => {
    clearTimeout(waiting);
    tip.hidden = true;
    if (panel.hidden) waiting = setTimeout(() => { focus = null; paint(); }, 60);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stage.choose(null);
  });
  document.getElementById("png").addEventListener("click", () => Gazette.savePng(network, nodes, edges, name));
  document.getElementById("svg").addEventListener("click", () => Gazette.saveSvg(network, nodes, edges, name));
  Gazette.current = stage;
  return stage;
};
