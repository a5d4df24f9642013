/* The page of a student's own questions: keeps what is typed in this browser, and writes answers.yaml. It marks nothing. */
(() => {
  "use strict";

  const { make, markup, listing } = controls;
  const sheet = JSON.parse(document.getElementById("sheet").textContent);
  const questions = sheet.units.flatMap((unit) => unit.questions);
  const place = (id) => document.getElementById(id);
  const KEPT = `autograd-grader ${sheet.sheet} ${sheet.edition}`;
  const drafts = kept();
  let language = sheet.begin;

  function say(key, values = {}) {
    return sheet.words[key][language].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /* What was typed before, as far as this browser kept it; another edition of the questions begins anew. */
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEPT) || "{}");
      return new Map(questions.filter((each) => each.id in found).map((each) => [each.id, found[each.id]]));
    } catch {
      return new Map();
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(drafts)));
    } catch {
      place("lost").hidden = false;
    }
  }

  /* Returns an answer as the sheet holds it: a text, "" where there is none yet, or null for a part of one. */
  function written(question) {
    const draft = drafts.get(question.id);
    if (draft === undefined || draft === null) return "";
    switch (question.kind) {
      case "numeric": case "tensor": return whole(draft, (entries) => nested(entries, question.shape));
      case "match": return whole(question.left.map((each) => draft[each.id] || ""), (letters) => letters.join(" "));
      case "multiple": case "order": return draft.join(" ");
      default: return String(draft).trim() ? String(draft) : "";
    }
  }

  function whole(parts, join) {
    const given = parts.filter((each) => each.trim());
    if (!given.length) return "";
    return given.length < parts.length ? null : join(parts);
  }

  function nested(entries, shape) {
    if (!shape.length) return entries[0];
    const size = entries.length / shape[0];
    const parts = Array.from({ length: shape[0] }, (_, at) => entries.slice(at * size, (at + 1) * size));
    return `[${parts.map((part) => nested(part, shape.slice(1))).join(", ")}]`;
  }

  /* JSON's strings are YAML's too. */
  function yaml() {
    const lines = ["version: 1", `sheet: ${JSON.stringify(sheet.sheet)}`, "answers:"];
    for (const each of questions) {
      lines.push(`  - question: ${each.id}`, `    answer: ${written(each) ? JSON.stringify(written(each)) : ""}`.trimEnd());
    }
    return `${lines.join("\n")}\n`;
  }

  function download() {
    const link = make("a", { href: URL.createObjectURL(new Blob([yaml()], { type: "text/yaml" })), download: "answers.yaml" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    place("written").textContent = say("was_written", { number: answered(), total: questions.length });
  }

  const answered = () => questions.filter((each) => written(each)).length;

  function count() {
    place("done").textContent = String(answered());
    place("of").textContent = say("of_all", { total: questions.length });
    const parts = questions.flatMap((each, at) => (written(each) === null ? [at + 1] : []));
    place("missing").textContent = parts.length ? say("unfinished_are", { numbers: parts.join(say("between")) }) : "";
    place("bar").style.width = `${(100 * answered()) / Math.max(1, questions.length)}%`;
    questions.forEach(badge);
  }

  function badge(question, index) {
    const state = written(question) === null ? "unfinished" : written(question) ? "given" : "open";
    const element = place(`question-${index + 1}`).querySelector(".verdict");
    element.dataset.verdict = { unfinished: "partly", given: "right", open: "read" }[state];
    element.textContent = say(state);
  }

  function card(question, index) {
    const name = `question-${index + 1}`;
    const about = question.concepts.map((each) => sheet.concepts[each][language]).join(" · ");
    const title = make("h3", { id: `title-${index + 1}` }, say("question", { number: index + 1 }));
    const heading = make("div", { class: "heading" }, title, make("p", { class: "about" }, about),
      make("p", { class: "result" }, make("span", { class: "verdict" })));
    return make("section", { class: "question", id: name, "aria-labelledby": `title-${index + 1}` }, heading, form(question, name));
  }

  function form(question, name) {
    const element = make("form", { novalidate: true, autocomplete: "off" });
    element.append(markup("div", { class: "text", id: `${name}-text` }, question.text[language]));
    if (question.code) element.append(listing(question.code));
    const given = controls.build(contextOf(question, name, () => store(question, given)));
    element.append(make("fieldset", { "aria-describedby": `${name}-text` },
      make("legend", {}, say(`do_${question.kind}`)), ...given.elements));
    if (question.kind === "order") element.append(keepOrder(question, given));
    element.addEventListener("input", () => store(question, given));
    element.addEventListener("change", () => store(question, given));
    element.addEventListener("submit", (event) => event.preventDefault());
    return element;
  }

  /* Lines that nobody moved are no answer; who finds them in order says so. */
  function keepOrder(question, given) {
    const button = make("button", { type: "button" }, say("keep_order"));
    button.addEventListener("click", () => store(question, given));
    return make("div", { class: "actions" }, button);
  }

  function contextOf(question, name, changed) {
    const worded = (each) => ({ id: each.id, html: each.html[language], plain: each.plain[language] });
    const draft = drafts.has(question.id) ? drafts.get(question.id) : null;
    return {
      kind: question.kind, name, say, draft, shape: question.shape, rows: 4, changed,
      options: question.options.map(worded), left: question.left.map(worded),
    };
  }

  function store(question, given) {
    drafts.set(question.id, given.raw());
    keep();
    count();
  }

  function write() {
    document.documentElement.lang = sheet.languages[language];
    document.title = sheet.course[language];
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
    place("student").textContent = sheet.student;
    place("title").textContent = sheet.course[language];
    place("written").textContent = "";
    for (const each of document.querySelectorAll(".language button")) {
      each.setAttribute("aria-pressed", String(each.value === language));
    }
    const units = sheet.units.flatMap((unit) => [make("h2", {}, unit.title[language]),
      ...unit.questions.map((each) => card(each, questions.indexOf(each)))]);
    place("questions").replaceChildren(...units);
    count();
  }

  place("language").addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || pressed.value === language) return;
    language = pressed.value;
    write();
  });
  place("write").addEventListener("click", download);
  place("clear").addEventListener("click", () => {
    if (!window.confirm(say("really_clear"))) return;
    drafts.clear();
    keep();
    write();
    place("main").focus();
  });
  write();
  place("page").hidden = false;
})();
