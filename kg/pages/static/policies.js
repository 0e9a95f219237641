/* Notices on the left, the acts that they name on the right; both narrower on a phone. */
"use strict";

(function () {
  const { h, t } = Gazette;
  const nodes = Gazette.read("nodes");
  if (!nodes.length) return;
  const stage = Gazette.stage("policies", (node) => {
    const name = node.label.replaceAll("\n", "");
    const head = h("h2", {}, node.href ? h("a", { href: node.href }, name) : name);
    return node.links ? [head, h("ul", { class: "roles" }, node.links.map((link) =>
      h("li", {}, Gazette.both([link.zh, link.en]), " · ", link.number, " ", h("a", { href: link.href, class: "words" }, `“${link.words}”`))))] : [head];
  });
  stage.show(stage.narrow ? nodes.map((node) => ({ ...node, ...node.phone })) : nodes, Gazette.read("edges"));
  if (stage.narrow) stage.top();
  stage.keep();
})();
