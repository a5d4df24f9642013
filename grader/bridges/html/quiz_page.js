/* The page: draws the questions, shows what marking says, and counts. */
(() => {
  "use strict";

  const { make, markup, listing } = controls;
  const quiz = JSON.parse(document.getElementById("quiz").textContent);
  const place = (id) => document.getElementById(id);
  const states = quiz.questions.map(() => ({ variant: 0, draft: null, result: null, counted: null, shown: null }));
  const spoken = navigator.languages.map((each) => each.slice(0, 2)).find((each) => each in quiz.languages);
  let language = spoken || Object.keys(quiz.languages)[0];

  function say(key, values = {}) {
    const words = quiz.words[key][language];
    return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  const counted = (key, number) => say(`${key}_${Number(number) === 1 ? "one" : "many"}`, { number });
  const tidy = (number) => String(Math.round(number * 100) / 100);
  const isCounted = (question) => question.kind !== "text";
  const verdictOf = (share) => (share === null ? "read" : share === 1 ? "right" : share > 0 ? "partly" : "wrong");

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(space, "svg");
    image.setAttribute("class", "icon");
    image.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `#icon-${name}`);
    image.append(use);
    return image;
  }

  /* One question */

  function card(question, index) {
    const number = index + 1;
    const element = make("section", { class: "question", id: `question-${number}`, "aria-labelledby": `title-${number}` });
    element.append(heading(question, index), form(question, index));
    return element;
  }

  function heading(question, index) {
    const title = make("h2", { id: `title-${index + 1}` }, say("question", { number: index + 1 }));
    const about = make("p", { class: "about" }, ...question.concepts.flatMap((each, at) =>
      [...(at ? [" · "] : []), quiz.concepts[each][language]]));
    return make("div", { class: "heading" }, title, about,
      make("p", { class: "result" }, make("span", { class: "verdict" }), make("span", { class: "points" })));
  }

  function form(question, index) {
    const state = states[index];
    const variant = question.variants[state.variant];
    const name = `question-${index + 1}`;
    const element = make("form", { novalidate: true, autocomplete: "off" });
    element.append(markup("div", { class: "text", id: `${name}-text` }, variant.text[language]));
    if (variant.code) element.append(listing(variant.code));
    const given = controls.build(contextOf(question, variant, state, name));
    const legend = make("legend", {}, say(`do_${question.kind}`));
    element.append(make("fieldset", { "aria-describedby": `${name}-text` }, legend, ...given.elements));
    element.append(actions(question, index));
    element.append(make("div", { class: "feedback", role: "status" }));
    element.addEventListener("input", () => unmark(element));
    element.addEventListener("change", () => { state.draft = given.raw(); });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      check(question, index, element, given);
    });
    if (state.result) queueMicrotask(() => show(question, index, element, given));
    return element;
  }

  function contextOf(question, variant, state, name) {
    const worded = (each) => ({ id: each.id, html: each.html[language], plain: each.plain[language] });
    return {
      kind: question.kind, name, say, draft: state.draft, shape: shapeOf(question, variant), rows: rowsOf(question, variant),
      options: variant.options.map(worded), left: variant.left.map(worded),
      changed: () => place(name).querySelector("form").dispatchEvent(new Event("input")),
    };
  }

  const isTensor = (question) => question.kind === "numeric" || question.kind === "tensor";
  const shapeOf = (question, variant) => (isTensor(question) ? marking.shapeOf(variant.key) : null);
  const rowsOf = (question, variant) =>
    (question.kind === "output" ? Math.max(2, Math.min(8, variant.key.split("\n").length + 1)) : null);

  function actions(question, index) {
    const state = states[index];
    const total = question.variants.length;
    const buttons = [make("button", { type: "submit", class: "check" }, say("check"))];
    if (total > 1) {
      const another = make("button", { type: "button", class: "another" }, say("another"));
      another.addEventListener("click", () => draw(question, index));
      buttons.push(another, make("span", { class: "which" }, say("which", { number: state.variant + 1, total })));
    }
    return make("div", { class: "actions" }, ...buttons);
  }

  /* Shows the next variant; the points of the last answer stay until another is given. */
  function draw(question, index) {
    const state = states[index];
    state.variant = (state.variant + 1) % question.variants.length;
    state.draft = state.result = state.shown = null;
    redraw(question, index);
    place(`question-${index + 1}`).querySelector(".another").focus();
    count();
  }

  function redraw(question, index) {
    place(`question-${index + 1}`).replaceWith(card(question, index));
    badge(index);
  }

  function check(question, index, element, given) {
    const state = states[index];
    state.draft = given.raw();
    state.result = marking.mark(question, question.variants[state.variant], state.draft);
    if (!state.result.problem) {
      if (state.shown === null) state.counted = state.result.share;
      state.shown = verdictOf(state.result.share);
      state.misconception = state.result.misconception || state.misconception;
    }
    show(question, index, element, given);
    if (state.result.problem) focusOn(element, given.places()[state.result.places[0] || 0]);
    count();
  }

  function focusOn(element, place) {
    fieldOf(place || element.querySelector("fieldset")).focus();
  }

  const fieldOf = (place) => (place.matches("input, textarea") ? place : place.querySelector("input, textarea, select"));

  /* Feedback */

  function show(question, index, element, given) {
    const state = states[index];
    unmark(element);
    badge(index);
    const feedback = element.querySelector(".feedback");
    if (state.result.problem) {
      tell(given, state.result.places, "bad");
      feedback.replaceChildren(make("p", { class: "problem" }, icon("unreadable"), say(state.result.problem)));
      return;
    }
    const { rights, share } = state.result;
    const places = given.places();
    const marks = rights.length === places.length ? rights : places.map(() => share === 1);
    if (share !== null) marks.forEach((right, at) => tell(given, [at], right ? "right" : "wrong"));
    feedback.replaceChildren(...told(question, question.variants[state.variant], state.result));
  }

  function tell(given, places, mark) {
    const elements = given.places();
    for (const at of places) {
      elements[at].dataset.mark = mark;
      const field = fieldOf(elements[at]);
      if (field && mark !== "right") field.setAttribute("aria-invalid", "true");
    }
  }

  function unmark(element) {
    for (const each of element.querySelectorAll("[data-mark]")) delete each.dataset.mark;
    for (const each of element.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  }

  function told(question, variant, result) {
    const verdict = verdictOf(result.share);
    const parts = [make("p", { class: "outcome", "data-verdict": verdict }, icon(verdict),
      make("strong", {}, say(verdict)), make("span", {}, detail(question, variant, result)))];
    if (result.misconception) parts.push(misconception(result.misconception));
    if (verdict === "read") parts.push(markup("div", { class: "model" }, variant.answer[language]));
    parts.push(markup("div", { class: "explanation" }, variant.explanation[language]));
    if (verdict === "partly" || verdict === "wrong") {
      parts.push(make("details", { class: "key" }, make("summary", {}, say("show_key")),
        markup("div", {}, variant.answer[language])));
    }
    return parts;
  }

  /* Says which parts of a partly right answer are right. */
  function detail(question, variant, { share, rights }) {
    if (share === null) return say("compare");
    const wrong = rights.flatMap((right, at) => (right ? [] : [at]));
    const counts = { right: rights.length - wrong.length, total: rights.length };
    if (question.kind === "multiple" && share < 1) {
      return say("partly_multiple", { ...counts, missing: variant.key.length - counts.right });
    }
    if (share === 0 || share === 1) return "";
    if (!wrong.length) return say("partly_short", counts);
    const where = wrong.map((at) => nameOf(question, variant, at)).join(say("between"));
    return say(`partly_${question.kind}`, { ...counts, where });
  }

  function nameOf(question, variant, at) {
    if (question.kind === "match") return variant.left[at].plain[language];
    if (question.kind === "output") return String(at + 1);
    const shape = marking.shapeOf(variant.key);
    return shape.length === 2 ? `[${Math.floor(at / shape[1])}, ${at % shape[1]}]` : `[${at}]`;
  }

  function misconception(id) {
    const { title, explanation } = quiz.misconceptions[id];
    return make("div", { class: "misconception" },
      make("p", { class: "label" }, icon("idea"), say("misconception")),
      make("h3", {}, title[language]), make("p", {}, explanation[language]));
  }

  function badge(index) {
    const { shown } = states[index];
    const element = place(`question-${index + 1}`);
    if (!element) return;
    const target = element.querySelector(".verdict");
    target.dataset.verdict = shown || "";
    target.replaceChildren(...(shown ? [icon(shown), say(shown)] : []));
    const question = quiz.questions[index];
    const worth = counted("points", tidy(question.points));
    element.querySelector(".points").textContent = !isCounted(question) ? say("not_counted")
      : states[index].counted === null ? worth : say("of_points", { number: tidy(states[index].counted * question.points), total: worth });
  }

  /* The score */

  function count() {
    const all = quiz.questions.map((question, index) => ({ question, state: states[index] })).filter((each) => isCounted(each.question));
    const answered = all.filter((each) => each.state.counted !== null);
    const earned = sum(answered, (each) => each.state.counted * each.question.points);
    const worth = sum(all, (each) => each.question.points);
    place("earned").textContent = tidy(earned);
    place("worth").textContent = say("out_of", { points: tidy(worth) });
    place("answered").textContent = say("answered", { number: answered.length, total: all.length });
    place("bar").style.width = `${worth ? (100 * earned) / worth : 0}%`;
    summarise(all);
  }

  const sum = (list, value) => list.reduce((total, each) => total + value(each), 0);

  function summarise(all) {
    const concepts = [...new Set(all.flatMap((each) => each.question.concepts))];
    place("concepts").replaceChildren(...concepts.map((concept) => conceptRow(concept,
      all.filter((each) => each.question.concepts.includes(concept)))));
    const ids = [...new Set(states.map((each) => each.misconception).filter(Boolean))];
    place("ideas").hidden = !ids.length;
    place("idea-list").replaceChildren(...ids.map((id) => make("li", {}, quiz.misconceptions[id].title[language])));
  }

  function conceptRow(concept, asked) {
    const answered = asked.filter((each) => each.state.counted !== null);
    const earned = sum(answered, (each) => each.state.counted * each.question.points);
    const worth = sum(answered, (each) => each.question.points);
    const bar = make("span", { class: "bar", "aria-hidden": "true" }, make("span"));
    bar.firstChild.style.width = `${worth ? (100 * earned) / worth : 0}%`;
    return make("tr", {}, make("th", { scope: "row" }, quiz.concepts[concept][language]),
      make("td", {}, say("of_questions", { number: answered.length, total: asked.length })),
      make("td", { class: "points" }, answered.length ? `${Math.round((100 * earned) / worth)} %` : "–", bar));
  }

  /* The whole */

  function write() {
    document.documentElement.lang = quiz.languages[language];
    document.title = `${quiz.title[language]} · ${quiz.course[language]}`;
    for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
    place("course").textContent = quiz.course[language];
    place("title").textContent = quiz.title[language];
    for (const each of document.querySelectorAll(".language button")) {
      each.setAttribute("aria-pressed", String(each.value === language));
    }
    place("questions").replaceChildren(...quiz.questions.map(card));
    quiz.questions.forEach((_, index) => badge(index));
    count();
  }

  function keep() {
    quiz.questions.forEach((_, index) => place(`question-${index + 1}`).querySelector("form").dispatchEvent(new Event("change")));
  }

  place("language").addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed || pressed.value === language) return;
    keep();
    language = pressed.value;
    write();
  });
  place("again").addEventListener("click", () => {
    for (const state of states) Object.assign(state, { draft: null, result: null, counted: null, shown: null, misconception: null });
    write();
    place("main").focus();
    window.scrollTo(0, 0);
  });
  write();
  place("page").hidden = false;
})();
