/* Tasks with the words behind every assignment, for panels on several pages. */
"use strict";

Gazette.ROLES = ["lead", "primary", "responsible", "support"];

/** The details of tasks: in the page, or in files of `chunk` tasks each. */
Gazette.detailsOf = function (places, chunk) {
  if (!chunk) {
    Gazette.allDetails = Gazette.allDetails || Gazette.read("details");
    return Promise.resolve(places.map((place) => Gazette.allDetails[place]));
  }
  return Promise.all(
    places.map((place) => Gazette.load(`tasks-${Math.floor(place / chunk)}`).then((items) => items[place % chunk])),
  );
};

Gazette.roleTag = function (code, certainty) {
  const name = Gazette.ROLES[code];
  return [
    Gazette.h("span", { class: `role role-${name}` }, Gazette.t(name)),
    certainty === 1 ? Gazette.h("span", { class: "implied" }, Gazette.t("implied")) : null,
  ];
};

/** One task: heading, notice, text, deadlines, and each unit with its words. */
Gazette.taskCard = function (detail, notice, marked) {
  const { h } = Gazette;
  const shown = marked ? detail.roles.filter((item) => marked.has(item.page)) : detail.roles;
  const others = marked ? detail.roles.filter((item) => !marked.has(item.page)) : [];
  const roleLine = (item) =>
    h("li", {},
      h("a", { href: item.page, class: "unit" }, item.unit), " ", Gazette.roleTag(item.role, item.certainty), " ",
      h("a", { href: item.href, class: "words" }, `“${item.words}”`));
  return h("article", { class: "task" },
    h("h4", {}, h("a", { href: detail.href }, `${detail.label} ${detail.heading}`.trim())),
    h("p", { class: "meta" }, h("a", { href: notice.href, title: notice.title }, notice.number),
      detail.section ? ` · ${detail.section}` : null,
      detail.details ? [" · ", Gazette.t("details"), " ", h("a", { href: detail.details.href }, detail.details.label)] : null),
    h("blockquote", {}, h("a", { href: detail.href, class: "words" }, detail.text)),
    detail.deadlines.length
      ? h("p", { class: "deadlines" }, Gazette.t("deadline"), " ",
        detail.deadlines.map((item) =>
          h("a", { href: item.href, class: "deadline" }, item.text, item.date ? ` (${item.date})` : null)))
      : null,
    h("ul", { class: "roles" }, shown.map(roleLine)),
    others.length ? h("ul", { class: "roles others" }, others.map(roleLine)) : null);
};

/** Fill `box` with task cards, twenty at a time. */
Gazette.taskList = function (box, places, data, marked) {
  const step = 20;
  let done = 0;
  const more = Gazette.h("button", { type: "button" });
  const show = () => {
    const next = places.slice(done, done + step);
    done += next.length;
    more.remove();
    return Gazette.detailsOf(next, data.chunk).then((found) => {
      found.forEach((detail) => box.append(Gazette.taskCard(detail, data.notices[detail.notice], marked)));
      if (done < places.length) {
        more.replaceChildren(...Gazette.t("more", { n: Math.min(step, places.length - done) }));
        box.append(more);
      }
    }).catch((problem) => box.append(Gazette.h("p", { class: "note" }, problem.message)));
  };
  more.addEventListener("click", show);
  return show();
};
