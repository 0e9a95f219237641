/* Units and tasks of one notice at a time. */
"use strict";

(function () {
  const { h, t } = Gazette;
  const data = Gazette.read("data");
  const element = (id) => document.getElementById(id);
  const hidden = new Set();
  let implied = false;
  let graph = null;

  function taskPanel(node) {
    const list = h("div", {});
    Gazette.taskList(list, node.tasks, data, null);
    return [h("h2", {}, node.label.replace("\n", " ")), list];
  }

  function unitPanel(node) {
    const list = h("div", {});
    const tasks = graph.edges.filter((edge) => edge.from === node.id && shown(edge))
      .flatMap((edge) => graph.nodes.find((item) => item.id === edge.to).tasks);
    Gazette.taskList(list, tasks, data, new Set([node.href]));
    return [h("h2", {}, node.name), h("p", {}, h("a", { href: node.href }, t("unit_page")), " · ", t("tasks", { n: tasks.length })), list];
  }

  const stage = Gazette.stage("tasks", (node) => (node.mode === "task" ? taskPanel(node) : unitPanel(node)));
  stage.save = save;
  const shown = (edge) => !hidden.has(edge.role) && (implied || !edge.implied);

  function filter() {
    const linked = new Set();
    graph.edges.forEach((edge) => { if (shown(edge)) { linked.add(edge.from); linked.add(edge.to); } });
    stage.edges.update(graph.edges.map((edge) => ({ id: edge.id, hidden: !shown(edge) })));
    stage.nodes.update(graph.nodes.map((node) => ({ id: node.id, hidden: !linked.has(node.id) })));
    const units = graph.nodes.filter((node) => node.mode === "unit" && linked.has(node.id)).length;
    const tasks = graph.nodes.filter((node) => node.mode === "task" && linked.has(node.id)).length;
    element("summary").replaceChildren(...t("summary", { units, links: graph.edges.filter(shown).length, tasks }));
    if (linked.size) stage.fit([...linked]);
    twin();
  }

  function save() {
    if (!graph) return;
    const node = stage.chosen;
    Gazette.setState({
      notice: data.notices[graph.notice].id,
      "no-role": [...hidden].sort().join("|"),
      implied: implied ? 1 : "",
      node: node ? node.label.split("\n")[0] : "",
    });
  }

  async function open(number) {
    try {
      graph = data.graphs ? data.graphs[number] : await Gazette.load(`graph-${number}`);
    } catch (problem) {
      element("summary").textContent = problem.message;
      return;
    }
    element("which").value = String(number);
    stage.choose(null);
    stage.show(graph.nodes, graph.edges);
    const notice = data.notices[graph.notice];
    element("which-title").replaceChildren(h("a", { href: notice.href }, notice.title));
    element("limits").hidden = !graph.merged && !graph.leftOut;
    if (graph.merged || graph.leftOut) element("limits").replaceChildren(...t("sections", { n: graph.merged, left: graph.leftOut }));
    filter();
    Gazette.entries.splice(0, Gazette.entries.length, ...graph.nodes.filter((node) => node.mode === "unit")
      .map((node, place) => ({ id: place, key: node.id, name: node.name, label: node.label, text: node.search })));
    save();
  }

  function twin() {
    if (!element("twin").open) return;
    Gazette.detailsOf(graph.tasks, data.chunk).then((details) => {
      const rows = details.map((detail) => {
        const roles = detail.roles.filter((item) => !hidden.has(Gazette.ROLES[item.role]) && (implied || !item.certainty));
        const units = (code) => roles.filter((item) => item.role === code)
          .map((item) => [h("a", { href: item.page }, item.unit), item.certainty ? [" ", Gazette.roleTag(code, 1)[1]] : "", " "]);
        return [h("a", { href: detail.href }, detail.label), detail.heading || detail.text.slice(0, 50),
          ...[0, 1, 2, 3].map(units),
          detail.deadlines.map((item) => [h("a", { href: item.href }, item.text), " "])];
      });
      element("twin-table").replaceChildren(Gazette.makeTable("tasks",
        [["label"], ["task"], ["lead"], ["primary"], ["responsible"], ["support"], ["deadline"]], rows));
    });
  }

  Gazette.entries = [];
  Gazette.search(Gazette.entries, (place) => stage.find(Gazette.entries[place].key));

  function restore() {
    const state = Gazette.state();
    implied = state.get("implied") === "1";
    element("implied").checked = implied;
    hidden.clear();
    (state.get("no-role") || "").split("|").filter(Boolean).forEach((role) => hidden.add(role));
    document.querySelectorAll("fieldset[data-filter] input").forEach((input) => (input.checked = !hidden.has(input.value)));
    const number = [...element("which").options].findIndex((item) => item.dataset.notice === state.get("notice"));
    const label = state.get("node");
    open(number < 0 ? data.first : number).then(() => {
      const node = label && graph.nodes.find((item) => item.label.split("\n")[0] === label);
      if (node) stage.choose(node.id);
    });
  }

  element("which").addEventListener("change", (event) => open(Number(event.target.value)));
  element("implied").addEventListener("change", (event) => { implied = event.target.checked; filter(); save(); });
  document.querySelectorAll("fieldset[data-filter]").forEach((field) => field.addEventListener("change", (event) => {
    hidden[event.target.checked ? "delete" : "add"](event.target.value);
    filter();
    save();
  }));
  element("reset").addEventListener("click", () => {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    restore();
  });
  element("twin").addEventListener("toggle", twin);
  window.addEventListener("beforeprint", () => { element("twin").open = true; twin(); });
  document.addEventListener("language", save);
  if (data.files) restore();
})();
