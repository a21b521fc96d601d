// Makes quicker what works without it: completions in the search box, and keys to go about with.
"use strict";

(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("completions");
  const told = document.getElementById("completions-told");
  const keys = document.getElementById("keys");
  const PAUSE = 90; // milliseconds between the last letter and the question
  let timer, asked, offered = [], at = -1;

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    offered = [];
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text; // never markup: names come from the archive
    return made;
  }

  function option(one, number) {
    const made = document.createElement("li");
    made.id = `completion-${number}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(element("span", one.label), element("span", one.kind));
    made.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(one);
    });
    return made;
  }

  function rows(found) {
    const of = (kind, count) => `${box.dataset[kind]} · ${count.toLocaleString("en")}`;
    return [
      ...found.people.map((one) => ({ label: one.name, kind: of("person", one.articles), query: one.query })),
      ...found.countries.map((one) => ({ label: one.name, kind: of("country", one.articles), query: one.query })),
      ...found.words.map((one) => ({ label: one.word, kind: box.dataset.word, query: one.query })),
    ];
  }

  function show(found) {
    offered = rows(found);
    at = -1;
    list.replaceChildren(...offered.map(option));
    list.hidden = !offered.length;
    box.setAttribute("aria-expanded", String(offered.length > 0));
    box.removeAttribute("aria-activedescendant");
    told.textContent = offered.length ? box.dataset.offered.replace("#", offered.length) : "";
  }

  async function ask() {
    if (asked) asked.abort();
    asked = new AbortController();
    const text = box.value;
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      if (box.value === text && document.activeElement === box) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close(); // without completions the box is a box
    }
  }

  function choose(step) {
    if (at >= 0) list.children[at].setAttribute("aria-selected", "false");
    at = (at + step + offered.length + 1 + (at < 0 && step < 0)) % (offered.length + 1);
    if (at === offered.length) at = -1;
    if (at < 0) return box.removeAttribute("aria-activedescendant");
    const chosen = list.children[at];
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", chosen.id);
  }

  function take(one) {
    close();
    box.value = one.query;
    box.form.requestSubmit();
  }

  if (box && list) {
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("input", () => {
      clearTimeout(timer);
      if (box.value.trim()) timer = setTimeout(ask, PAUSE);
      else close();
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && offered.length) choose(step);
      else if (event.key === "Enter" && at >= 0) take(offered[at]);
      else if (event.key === "Escape" && offered.length) close();
      else if (event.key === "Escape") box.blur();
      else return;
      event.preventDefault();
    });
  }

  function move(step) {
    const hits = [...document.querySelectorAll(".hit h2 a")];
    if (!hits.length) return false;
    const now = hits.findIndex((hit) => hit.closest(".hit").contains(document.activeElement));
    const next = now < 0 ? (step > 0 ? 0 : hits.length - 1) : Math.min(Math.max(now + step, 0), hits.length - 1);
    hits[next].focus();
    hits[next].scrollIntoView({ block: "center" });
    return true;
  }

  // The places marked in an article, one after the other, round at the ends.
  const steps = document.querySelector(".steps");
  const marks = [...document.querySelectorAll("main mark[id^=mark-]")];

  function step(by) {
    if (!marks.length) return false;
    const now = marks.findIndex((mark) => `#${mark.id}` === location.hash);
    const next = now < 0 ? (by > 0 ? 0 : marks.length - 1) : (now + by + marks.length) % marks.length;
    location.replace(`#${marks[next].id}`); // Back leads to the search, not through the marks
    return true;
  }

  function place() {
    const now = marks.findIndex((mark) => `#${mark.id}` === location.hash);
    if (now < 0) return;
    const words = steps.dataset.place.replace("##", marks.length).replace("#", now + 1);
    steps.querySelector("p").textContent = words;
    marks[now].scrollIntoView({ block: "center" });
  }

  function button(words, by) {
    const made = element("button", words);
    made.type = "button";
    made.addEventListener("click", () => step(by));
    return made;
  }

  if (steps && marks.length) {
    steps.querySelector("ol").replaceWith(button(steps.dataset.previous, -1), button(steps.dataset.next, 1));
    steps.classList.add("stays");
    addEventListener("hashchange", place);
    place();
  }

  // A page that comes back as it was left shows what its address says, not what was typed and not sent.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form.period").forEach((form) => form.reset());
  });

  function goBack() {
    const way = document.querySelector(".back a");
    return way && (way.click(), true);
  }

  const BY_KEY = {
    "/": () => box && (box.focus(), box.select(), true),
    j: () => move(1),
    k: () => move(-1),
    n: () => step(1),
    p: () => step(-1),
    "?": () => keys && (keys.open ? keys.close() : keys.showModal(), true),
    Escape: () => (document.activeElement === document.body ? goBack() : (document.activeElement.blur(), true)),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (keys && keys.open && event.key !== "?") return; // Escape closes a dialog by itself
    const known = Object.hasOwn(BY_KEY, event.key) && BY_KEY[event.key]();
    if (known) event.preventDefault();
  });
})();
