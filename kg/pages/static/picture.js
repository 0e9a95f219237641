/* A network as SVG, from the coordinates and colours that the canvas shows, and as
 * PNG from that SVG at twice the resolution. */
"use strict";

Gazette.SVG = "http://www.w3.org/2000/svg";

Gazette.s = function (tag, props, text) {
  const element = document.createElementNS(Gazette.SVG, tag);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

/** The outline of a node's shape, as vis-network draws it. */
Gazette.outline = function (shape, size) {
  const ring = (count, radius, turn) =>
    Array.from({ length: count }, (_, place) => {
      const angle = turn + (2 * Math.PI * place) / count;
      const length = typeof radius === "function" ? radius(place) : radius;
      return `${(length * Math.cos(angle)).toFixed(1)},${(length * Math.sin(angle)).toFixed(1)}`;
    }).join(" ");
  if (shape === "square") return ring(4, size * Math.SQRT2, Math.PI / 4);
  if (shape === "diamond") return ring(4, size, 0);
  if (shape === "triangle") return ring(3, size * 1.15, -Math.PI / 2);
  if (shape === "triangleDown") return ring(3, size * 1.15, Math.PI / 2);
  if (shape === "hexagon") return ring(6, size, 0);
  if (shape === "star") return ring(10, (place) => (place % 2 ? size * 0.5 : size * 1.1), -Math.PI / 2);
  return null;
};

/** Where an edge bends: vis-network's curvedCW, or the middle of a straight line. */
Gazette.bend = function (from, to, edge) {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (!edge.smooth || !edge.smooth.enabled) return middle;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const turn = edge.smooth.roundness;
  return { x: middle.x + dy * turn, y: middle.y - dx * turn };
};

/** A node with its words inside. */
Gazette.boxed = function (node, x, y, bounds) {
  const lines = node.words.split("\n");
  const text = Gazette.s("text", { x, "text-anchor": "middle", "font-size": 12, fill: node.ink || "#1a1a1a", opacity: node.opacity ?? 1 });
  lines.forEach((line, place) => text.append(Gazette.s("tspan", { x, y: y + 4 + (place - (lines.length - 1) / 2) * 16 }, line)));
  const frame = { x: bounds.left, y: bounds.top, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  return [Gazette.s("rect", { ...frame, rx: 3, fill: node.color.background || node.color, stroke: "#17324d", opacity: node.opacity ?? 1 }), text];
};

Gazette.toSvg = function (network, nodes, edges) {
  const { s } = Gazette;
  const where = network.getPositions();
  const shown = nodes.get({ filter: (node) => !node.hidden });
  const bounds = shown.map((node) => network.getBoundingBox(node.id));
  const xs = bounds.flatMap((bound) => [bound.left - 20, bound.right + 20]);
  const ys = bounds.flatMap((bound) => [bound.top - 20, bound.bottom + 20]);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const width = Math.max(...xs) - left;
  const height = Math.max(...ys) - top;
  const root = s("svg", {
    xmlns: Gazette.SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height,
    "font-family": "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif", "font-size": 14,
  });
  root.append(s("title", {}, document.title));
  root.append(s("rect", { x: left, y: top, width, height, fill: "#ffffff" }));
  const sizes = new Map(shown.map((node) => [node.id, node.size]));
  // How far a node's rim is from its middle, where an edge comes in at this angle.
  const boxed = new Set(shown.filter((node) => node.shape === "box").map((node) => node.id));
  const reach = (id, angle) => {
    if (!boxed.has(id)) return sizes.get(id);
    const bound = network.getBoundingBox(id);
    const wide = (bound.right - bound.left) / 2 / Math.max(Math.abs(Math.cos(angle)), 1e-6);
    const tall = (bound.bottom - bound.top) / 2 / Math.max(Math.abs(Math.sin(angle)), 1e-6);
    return Math.min(wide, tall);
  };
  for (const edge of edges.get({ filter: (item) => !item.hidden })) {
    if (!sizes.has(edge.from) || !sizes.has(edge.to)) continue;
    const from = where[edge.from];
    const to = where[edge.to];
    const bend = Gazette.bend(from, to, edge);
    const angle = Math.atan2(to.y - bend.y, to.x - bend.x);
    const gap = reach(edge.to, angle) + 1;
    const end = { x: to.x - gap * Math.cos(angle), y: to.y - gap * Math.sin(angle) };
    const colour = edge.color.color;
    root.append(s("path", {
      d: `M${from.x} ${from.y}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`,
      fill: "none", stroke: colour, "stroke-width": edge.width, "stroke-opacity": edge.color.opacity ?? 1,
      ...(edge.dashes ? { "stroke-dasharray": edge.dashes.join(" ") } : {}),
    }));
    if (edge.arrows !== "") {
      const wing = (turn) => {
        const length = 7 + edge.width;
        return `${(end.x - length * Math.cos(angle + turn)).toFixed(1)},${(end.y - length * Math.sin(angle + turn)).toFixed(1)}`;
      };
      root.append(s("polygon", { points: `${end.x.toFixed(1)},${end.y.toFixed(1)} ${wing(0.4)} ${wing(-0.4)}`, fill: colour }));
    }
  }
  for (const node of shown) {
    const { x, y } = where[node.id];
    if (node.shape === "box") {
      root.append(...Gazette.boxed(node, x, y, network.getBoundingBox(node.id)));
      continue;
    }
    const look = { fill: node.color.background || node.color, opacity: node.opacity ?? 1 };
    const points = Gazette.outline(node.shape, node.size);
    root.append(points
      ? s("polygon", { points, transform: `translate(${x} ${y})`, ...look })
      : s("circle", { cx: x, cy: y, r: node.size, ...look }));
    root.append(s("text", {
      x, y: y + node.size + 17, "text-anchor": "middle", stroke: "#ffffff", "stroke-width": 4,
      "paint-order": "stroke", fill: "#1a1a1a", opacity: node.opacity ?? 1,
    }, node.label));
  }
  return root;
};

/** A finger scrolls the page, past the picture too, until a button gives the picture the fingers. */
Gazette.holdable = function (box) {
  const button = document.getElementById("hold");
  button.addEventListener("click", () => button.setAttribute("aria-pressed", String(box.classList.toggle("held"))));
};

/** On paper the picture is drawn anew: a canvas would be stretched to the page. */
Gazette.printable = function (box, network, nodes, edges) {
  const clear = () => box.querySelectorAll(".printed").forEach((item) => item.remove());
  window.addEventListener("beforeprint", () => {
    clear();
    const drawing = Gazette.toSvg(network, nodes, edges);
    drawing.setAttribute("class", "printed");
    box.append(drawing);
  });
  window.addEventListener("afterprint", clear);
};

Gazette.saveSvg = function (network, nodes, edges, name) {
  const text = new XMLSerializer().serializeToString(Gazette.toSvg(network, nodes, edges));
  Gazette.download(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }));
};

Gazette.savePng = function (network, nodes, edges, name) {
  const root = Gazette.toSvg(network, nodes, edges);
  const text = new XMLSerializer().serializeToString(root);
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * Number(root.getAttribute("width"));
    canvas.height = 2 * Number(root.getAttribute("height"));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => Gazette.download(`${name}.png`, blob), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
};
