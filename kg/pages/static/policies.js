/* Notices on the left, the acts that they name on the right; both narrower on a phone. */
"use strict";

(function () {
  const { h, t } = Gazette;
  const nodes = Gazette.read("nodes");
  if (!nodes.length) return;
  const stage = Gazette.stage("policies", (node) => {
    const name = node.label.replaceAll("\n", "");
    const head = h("h2", {}, node.href ? h("a", { href: node.href }, name) : name);
    // Of an act, who names it; of a notice, what it names.
    const links = node.links || nodes.flatMap((act) => (act.links || []).filter((link) => link.notice === node.key));
    return [head, h("ul", { class: "roles" }, links.map((link) =>
      h("li", {}, Gazette.both([link.zh, link.en]), " · ", node.links ? [link.number, " "] : "", h("a", { href: link.href, class: "words" }, `“${link.words}”`))))];
  });
  stage.show(stage.narrow ? nodes.map((node) => ({ ...node, ...node.phone })) : nodes, Gazette.read("edges"));
  stage.columns();
  stage.bring = (id) => stage.columns(stage.network.getPosition(id).y);
  // The panel, or a smaller window, takes room from the picture: both columns stay within what is left.
  // vis-network sets a view of its own behind the event.
  stage.network.on("resize", () => setTimeout(() => stage.columns(stage.network.getViewPosition().y)));
  stage.keep();
})();
