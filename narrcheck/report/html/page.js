"use strict";
// Leads from findings to sentences and cells and back. All that it shows is in the page already:
// it moves and marks elements, and never makes any from text.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const body = document.body, dock = one("#dock"), told = one("#told"), help = one("#help");
  const back = one("[data-back]"), filters = one("#filters");
  const findings = all("#list .finding");
  const cards = new Map(
    all("[data-card]", one("#cards").content).map((card) => [card.dataset.card, card]),
  );
  const narrow = matchMedia("(max-width: 859px)");
  let current = null, origin = null, depth = 0;

  const shown = () => (body.dataset.view === "pages" ? one("#sheets") : one("#flow"));
  const marksOf = (key, within) => all(`[data-place="${key}"]`, within);
  const inView = (finding) => !finding.hidden;

  function setPane(pane) {
    if (!narrow.matches && pane !== body.dataset.pane) scrollTo(0, 0);
    body.dataset.pane = pane;
    for (const button of all("#panes button")) {
      button.setAttribute("aria-pressed", button.dataset.pane === pane);
    }
  }

  function setView(view) {
    body.dataset.view = view;
    for (const button of all(".switch button")) {
      button.setAttribute("aria-pressed", button.dataset.view === view);
    }
  }

  function remember(hash) {
    if (location.hash === hash) return;
    depth += 1;
    history.pushState({ depth }, "", hash);
    back.hidden = false;
  }

  // Brings a place into view and marks it as the one that is looked at; false where it is nowhere.
  function show(key, { focus = true } = {}) {
    let marks = marksOf(key, shown());
    if (!marks.length && body.dataset.view === "pages") {
      setView("text"); // its page was left out
      marks = marksOf(key, shown());
    }
    if (!marks.length) return false;
    for (const mark of all(".now")) mark.classList.remove("now");
    for (const mark of marks) mark.classList.add("now");
    if (narrow.matches) setPane("document");
    marks[0].scrollIntoView({ block: "center", inline: "center" });
    if (focus) (marks[0].closest(".sentence") ?? marks[0]).focus({ preventScroll: true });
    return true;
  }

  function go(key) {
    if (show(key)) remember(`#p-${key}`);
  }

  function choose(finding) {
    current?.removeAttribute("aria-current");
    for (const mark of all(".lit")) mark.classList.remove("lit");
    current = finding;
    if (!finding) return;
    finding.setAttribute("aria-current", "true");
    for (const link of all(".evidence [data-go]", finding)) {
      for (const mark of marksOf(link.dataset.go, one("#document"))) mark.classList.add("lit");
    }
    finding.scrollIntoView({ block: "nearest" });
  }

  // Chooses a finding and shows its sentence; `focus` says which of the two takes the keys.
  function select(finding, { focus = "sentence", push = true } = {}) {
    if (!inView(finding)) {
      filters.reset();
      filter();
    }
    choose(finding);
    if (narrow.matches && focus === "sentence") tell(finding.firstElementChild);
    else closeDock();
    const found = focus === "list" && narrow.matches
      || show(finding.dataset.place, { focus: focus === "sentence" });
    if (focus === "list" || !found) {
      if (narrow.matches) setPane("list");
      finding.scrollIntoView({ block: narrow.matches ? "center" : "nearest" });
      one("h4 a", finding).focus({ preventScroll: true });
    }
    if (push) remember(`#${finding.id}`);
  }

  function tell(content) {
    told.replaceChildren(content.cloneNode(true));
    dock.hidden = false;
    dock.scrollTop = 0;
  }

  function closeDock() {
    dock.hidden = true;
    told.replaceChildren();
  }

  // Tells of the number at a place; of mere words, the finding that they are in.
  function open(mark) {
    const key = mark.dataset.place;
    const own = findings.find((finding) => finding.dataset.place === key);
    origin = mark;
    for (const each of all(".now")) each.classList.remove("now");
    for (const each of marksOf(key, shown())) each.classList.add("now");
    if (own) choose(own);
    if (cards.has(key)) tell(cards.get(key));
    else if (own) tell(own.firstElementChild);
    else {
      const proven = findings.find((finding) => one(`[data-go="${key}"]`, finding));
      if (proven) select(proven, { focus: "list" });
      return;
    }
    told.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    if (!filters) return;
    const chosen = new FormData(filters);
    const words = (chosen.get("words") ?? "").trim().toLowerCase();
    const severities = chosen.getAll("severity");
    for (const finding of findings) {
      const { severity, code, section, standing } = finding.dataset;
      finding.hidden = !(
        severities.includes(severity)
        && [code, ""].includes(chosen.get("code"))
        && [section, ""].includes(chosen.get("section"))
        && [standing, "", null].includes(chosen.get("standing"))
        && finding.textContent.toLowerCase().includes(words)
      );
    }
    for (const group of all(".group")) group.hidden = !all(".finding", group).some(inView);
    const count = findings.filter(inView).length;
    one("#none").hidden = count > 0;
    one("#showing").value = count === findings.length
      ? `共 ${count} 条` : `显示 ${count} 条，共 ${findings.length} 条`;
  }

  function step(by) {
    const visible = findings.filter(inView);
    if (!visible.length) return;
    const at = visible.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by;
    if (visible[next]) select(visible[next], { focus: narrow.matches ? "sentence" : "list" });
  }

  function leave() {
    if (!dock.hidden) {
      closeDock();
      origin?.focus({ preventScroll: true });
      return;
    }
    if (narrow.matches) setPane("list");
    if (current) one("h4 a", current).focus();
    for (const mark of all(".now")) mark.classList.remove("now");
  }

  // Where the address points: a finding by its fingerprint, or a place.
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches(".finding")) select(target, { push: false });
    else if (target?.dataset.place) show(target.dataset.place);
    else if (narrow.matches && target === null) setPane("list");
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const link = target.closest("a[data-select], a[data-go]");
    const mark = target.closest("#document [data-place]");
    const finding = target.closest("#list .finding");
    const button = target.closest("button");
    if (link) {
      event.preventDefault();
      const chosen = document.getElementById(link.dataset.select ?? "");
      if (link.dataset.go) go(link.dataset.go);
      else if (chosen) select(chosen, { focus: link.closest(".card") ? "list" : "sentence" });
    } else if (mark) open(mark);
    else if (button) press(button);
    else if (finding && !String(getSelection())) select(finding);
  });

  function press(button) {
    const { view, pane, status } = button.dataset;
    if (view) {
      setView(view);
      if (current) show(current.dataset.place, { focus: false });
    } else if (pane) {
      setPane(pane);
      closeDock();
    } else if (status) {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      const off = all(".toggle[aria-pressed=false]").map((each) => each.dataset.status);
      body.dataset.hide = off.join(" ");
    } else if (button === back) history.back();
    else if ("close" in button.dataset) leave();
    else if ("help" in button.dataset) help.showModal();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => one(`.switch button[aria-pressed=false]`)?.click(),
    b: () => depth > 0 && history.back(),
    "/": () => { setPane("list"); one("[name=words]")?.focus(); },
    "?": () => help.showModal(),
    Escape: leave,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open) return;
    const target = event.target;
    const mark = target.closest("#document [data-place]");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      open(mark);
    } else if (event.key === "Enter" && target === body && current) {
      select(current);
    } else if (target.matches("input:not([type=checkbox]), select")) {
      if (event.key === "Escape") target.blur();
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  filters?.addEventListener("input", filter);
  filters?.addEventListener("submit", (event) => event.preventDefault());
  filters?.addEventListener("reset", () => setTimeout(filter));
  addEventListener("popstate", (event) => {
    depth = event.state?.depth ?? 0;
    back.hidden = depth === 0;
    setTimeout(follow); // the browser takes the focus away once this is over
  });
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details:not([open])");
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });

  document.documentElement.classList.add("js");
  filter(); // a browser may have kept what was chosen before the page was loaded again
  follow();
})();
