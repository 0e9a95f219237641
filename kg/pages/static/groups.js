/* Leading groups: who sits in them, in which place, sent by which unit. */
"use strict";

(function () {
  const { h } = Gazette;
  const nodes = Gazette.read("nodes");
  if (!nodes.length) return;
  const seats = Gazette.read("data").seats;

  function line(seat, node) {
    const known = (words) => !words || words === node.name;
    const told = [seat.role, seat.post, seat.unit, seat.group, seat.number].filter((words) => !known(words));
    return h("li", {}, known(seat.person) ? null : h("strong", {}, `${seat.person} `), told.join(" · "), " ",
      h("a", { href: seat.href, class: "words" }, `“${seat.words}”`));
  }

  const stage = Gazette.stage("groups", (node) => [
    h("h2", {}, node.href ? h("a", { href: node.href }, node.name) : node.name),
    h("ul", { class: "roles" }, node.seats.map((place) => line(seats[place], node))),
  ]);
  stage.show(nodes, Gazette.read("edges"));
  Gazette.search(nodes.map((node, id) => ({
    id, name: node.name, label: node.label.replaceAll("\n", " "), text: node.search, weight: node.seats.length,
  })), (id) => stage.find(nodes[id].id));
  stage.keep();
})();
