/* The charts of the overview, and the dialog that shows the tasks behind a number. */
"use strict";

(function () {
  const data = Gazette.read("data");
  const dialog = document.getElementById("dialog");
  const FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";
  const ROLES = [
    { key: "lead", colour: "#D55E00", decal: { symbol: "none" } },
    { key: "primary", colour: "#E69F00", decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: "rgba(0,0,0,.28)" } },
    { key: "responsible", colour: "#0072B2", decal: { symbol: "none" } },
    { key: "support", colour: "#56B4E9", decal: { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], symbolSize: 0.5, color: "rgba(0,0,0,.28)" } },
  ];

  function show(title, places) {
    document.getElementById("dialog-title").replaceChildren(...title);
    const body = document.getElementById("dialog-body");
    body.replaceChildren();
    Gazette.taskList(body, places, data, null);
    dialog.showModal();
  }
  document.getElementById("dialog-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  /* ---- charts ---- */

  const charts = [];
  let kept = Gazette.state().get("implied") === "1" ? "all" : "stated";

  function chart(id, option, click) {
    const box = document.getElementById(id);
    if (!box) return;
    const drawing = echarts.init(box, null, { renderer: "canvas" });
    const draw = () => drawing.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option(box.clientWidth < 600) }, true);
    draw();
    drawing.on("click", (event) => click(event.dataIndex));
    charts.push({ drawing, draw });
  }

  const tooltip = { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true };
  const shade = { color: "#17324d" };

  const bars = () => [...data.variants[kept].bars].reverse();
  const months = () => data.variants[kept].months;
  const most = Math.max(...Object.values(data.variants).map((variant) => variant.bars.length));
  document.getElementById("bars").classList.add(`rows-${Math.min(25, Math.max(3, most))}`);
  chart("bars", (narrow) => ({
    tooltip,
    legend: { top: 0, itemWidth: narrow ? 12 : 28, itemGap: narrow ? 4 : 10, data: ROLES.map((role) => Gazette.say(role.key)), textStyle: { fontSize: narrow ? 11 : 13 } },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: { type: "category", data: bars().map((bar) => (narrow && bar.name.length > 9 ? `${bar.name.slice(0, 8)}…` : bar.name)), axisTick: { show: false }, axisLabel: { fontSize: 13, color: "#1a1a1a", interval: 0 } },
    series: ROLES.map((role, place) => ({
      type: "bar", stack: "tasks", name: Gazette.say(role.key), cursor: "pointer", barWidth: "70%",
      itemStyle: { color: role.colour, decal: role.decal, borderColor: "#fff", borderWidth: 1 },
      data: bars().map((bar) => bar.roles[place] || null),
      label: { show: true, fontSize: 11, lineHeight: 14, ...(role.decal.symbol === "none" ? { color: "#fff" } : { color: "#1a1a1a", backgroundColor: "rgba(255,255,255,.85)", padding: [0, 4], borderRadius: 2 }) },
    })),
  }), (place) => { window.location.href = bars()[place].href; });

  chart("months", () => ({
    tooltip,
    grid: { left: 8, right: 12, top: 20, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: months().map((month) => month.name[Gazette.language() === "en" ? 1 : 0]), axisLabel: { color: "#1a1a1a", rotate: 45, hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1 },
    series: [{
      type: "bar", name: Gazette.say("task_count"), cursor: "pointer", itemStyle: shade, barMaxWidth: 34,
      data: months().map((month) => month.tasks.length || null), label: { show: true, position: "top", color: "#1a1a1a" },
    }],
  }), (place) => show(Gazette.both(months()[place].name), months()[place].tasks));

  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => charts.forEach((item) => { item.drawing.resize(); item.draw(); }), 100);
  });
  window.addEventListener("beforeprint", () => charts.forEach((item) => item.drawing.resize()));
  document.addEventListener("language", () => charts.forEach((item) => item.draw()));

  /* ---- matrix: one stop for Tab, arrows inside ---- */

  document.querySelectorAll("table.matrix").forEach((matrix) => {
    const buttons = [...matrix.querySelectorAll("tbody button")];
    const spot = (button) => ({ x: button.parentElement.cellIndex, y: button.closest("tr").rowIndex });
    const focus = (button) => {
      buttons.forEach((item) => (item.tabIndex = item === button ? 0 : -1));
      button.focus();
    };
    if (buttons.length) buttons[0].tabIndex = 0;
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    matrix.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (!move || !event.target.matches("tbody button")) return;
      const from = spot(event.target);
      const ahead = buttons
        .map((button) => ({ button, at: spot(button) }))
        .filter(({ at }) => (move[0] ? at.y === from.y && (at.x - from.x) * move[0] > 0 : at.x === from.x && (at.y - from.y) * move[1] > 0))
        .sort((a, b) => Math.abs(a.at.x - from.x) + Math.abs(a.at.y - from.y) - Math.abs(b.at.x - from.x) - Math.abs(b.at.y - from.y));
      event.preventDefault();
      if (ahead.length) focus(ahead[0].button);
    });
  });

  /* ---- a number opens its tasks ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-arc], button[data-month]");
    if (!button) return;
    const variant = data.variants[button.closest("[data-variant]").dataset.variant];
    if (button.dataset.month !== undefined) {
      const month = variant.months[Number(button.dataset.month)];
      show(Gazette.both(month.name), month.tasks);
      return;
    }
    const places = variant.arcs[Number(button.dataset.arc)];
    const row = button.closest("tr");
    const matrix = row.closest("table.matrix");
    const to = matrix ? matrix.tHead.rows[0].cells[button.parentElement.cellIndex] : row.cells[1];
    show([`${row.cells[0].textContent} → ${to.textContent} · `, ...Gazette.t("shared", { n: places.length })], places);
  });

  /* ---- stated duties alone, or implied ones too ---- */

  const implied = document.getElementById("implied");
  function keep(variant) {
    kept = variant;
    implied.checked = kept === "all";
    document.querySelectorAll("[data-variant]").forEach((item) => (item.hidden = item.dataset.variant !== kept));
    charts.forEach((item) => item.draw());
    Gazette.setState({ implied: kept === "all" ? 1 : "" });
  }
  implied.addEventListener("change", () => keep(implied.checked ? "all" : "stated"));
  keep(kept);
  Gazette.ready();
})();
