/* Notices on the left, the acts that they name on the right. */
"use strict";

(function () {
  const { h, t } = Gazette;
  const nodes = Gazette.read("nodes");
  if (!nodes.length) return;
  const stage = Gazette.stage("policies", (node) => (node.href
    ? [h("h2", {}, h("a", { href: node.href }, node.label.replaceAll("\n", "")))]
    : [h("h2", {}, node.label.replaceAll("\n", "")),
      h("ul", { class: "roles" }, node.links.map((link) =>
        h("li", {}, Gazette.both([link.zh, link.en]), " · ", link.number, " ", h("a", { href: link.href, class: "words" }, `“${link.words}”`))))]));
  stage.show(nodes, Gazette.read("edges"));
})();
