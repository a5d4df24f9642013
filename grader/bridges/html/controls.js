/* What an answer is given with: a set of controls for each kind of question.
   Each returns {elements, raw, places, watch}: what to show, the raw answer, and the elements that can be marked. */
const controls = (() => {
  "use strict";

  /* Returns a new element; a child is an element or a text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  /* Returns a new element that holds markup of the page's own data, which is escaped when the page is written. */
  function markup(tag, attributes, html) {
    const element = make(tag, attributes);
    element.innerHTML = html;
    return element;
  }

  /* Maths alone is no name to assistive technology: where there is some, the plain text is. */
  const named = (each) => (each.html.includes("<math") ? { "aria-label": each.plain } : {});

  const typing = { autocomplete: "off", autocapitalize: "off", spellcheck: "false" };

  function choosing(type, { name, options, draft }) {
    const chosen = (id) => (Array.isArray(draft) ? draft.includes(id) : draft === id);
    const inputs = options.map((each, place) => make("input", { type, name, value: String(place), ...named(options[place]) }));
    inputs.forEach((input, place) => { input.checked = chosen(options[place].id); });
    const places = inputs.map((input, place) =>
      make("label", { class: "option" }, input, markup("span", {}, options[place].html)));
    return { elements: places, picked: () => options.filter((_, place) => inputs[place].checked), places };
  }

  function one(context) {
    const { elements, picked, places } = choosing("radio", context);
    const raw = () => (picked().length ? picked()[0].id : null);
    const chosen = () => places.filter((label) => label.firstChild.checked);
    return { elements, raw, places: chosen };
  }

  function several(context) {
    const { elements, picked, places } = choosing("checkbox", context);
    const chosen = () => places.filter((label) => label.firstChild.checked);
    return { elements, raw: () => picked().map((each) => each.id), places: chosen };
  }

  function trueOrFalse(context) {
    const options = [true, false].map((id) => ({ id, html: context.say(String(id)) }));
    return one({ ...context, options });
  }

  function indices(shape) {
    return shape.reduce((found, size) => found.flatMap((each) =>
      Array.from({ length: size }, (_, index) => [...each, index])), [[]]);
  }

  function entry(context, label, place) {
    const input = make("input", { type: "text", class: "entry", "aria-label": label, ...typing });
    input.value = context.draft ? context.draft[place] : "";
    return make("span", { class: "slot" }, input);
  }

  function numbers(context) {
    const shape = context.shape;
    const label = (index) => (shape.length === 2 ? context.say("row_column", { row: index[0], column: index[1] })
      : shape.length ? context.say("entry", { index: index.join(", ") }) : context.say("number"));
    const slots = indices(shape).map((index, place) => entry(context, label(index), place));
    const element = shape.length === 2 ? grid(context, shape, slots) : row(shape, slots);
    return { elements: [element], raw: () => slots.map((slot) => slot.firstChild.value), places: () => slots };
  }

  function row(shape, slots) {
    const headed = indices(shape).map((index, place) => make("span", { class: "headed" },
      ...(shape.length ? [make("span", { class: "index", "aria-hidden": "true" }, `[${index.join(", ")}]`)] : []),
      slots[place]));
    return make("div", { class: "row" }, ...headed);
  }

  function grid(context, [height, width], slots) {
    const range = (size) => Array.from({ length: size }, (_, index) => index);
    const head = make("tr", {}, make("td"), ...range(width).map((column) =>
      make("th", { scope: "col" }, context.say("column", { column }))));
    const body = range(height).map((line) => make("tr", {},
      make("th", { scope: "row" }, context.say("row", { row: line })),
      ...range(width).map((column) => make("td", {}, slots[line * width + column]))));
    const table = make("table", { class: "grid" }, make("caption", {}, context.say("grid")),
      make("thead", {}, head), make("tbody", {}, ...body));
    return make("div", { class: "scroller" }, table);
  }

  function typedLine(context) {
    const input = make("input", { type: "text", class: "line", "aria-label": context.say(`do_${context.kind}`), ...typing });
    input.value = context.draft || "";
    return { elements: [input], raw: () => input.value, places: () => [input] };
  }

  function typedText(context) {
    const area = make("textarea", {
      rows: context.kind === "text" ? 4 : context.rows,
      class: context.kind === "text" ? "free" : "output", "aria-label": context.say(`do_${context.kind}`), ...typing,
    });
    area.value = context.draft || "";
    return { elements: [area], raw: () => area.value, places: () => [area] };
  }

  function arranging(context) {
    const list = make("ol", { class: "lines" });
    const told = make("p", { class: "hidden", role: "status" });
    const ids = context.draft || context.options.map((each) => each.id);
    const items = ids.map((id) => movable(context, list, told, context.options.find((each) => each.id === id)));
    list.append(...items);
    settle(list);
    return { elements: [list, told], raw: () => [...list.children].map((each) => each.dataset.id), places: () => [list] };
  }

  function movable(context, list, told, option) {
    const line = markup("span", { class: "code" }, option.html);
    const button = (way, arrow) => make("button", {
      type: "button", class: `move ${way}`, "aria-label": context.say(`move_${way}`, { line: line.textContent }),
    }, arrow);
    const item = make("li", { "data-id": option.id }, line, button("up", "↑"), button("down", "↓"));
    item.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      move(list, item, pressed);
      const place = [...list.children].indexOf(item) + 1;
      told.textContent = context.say("moved", { line: line.textContent, place, count: list.children.length });
      context.changed();
    });
    return item;
  }

  function move(list, item, pressed) {
    if (pressed.classList.contains("up")) list.insertBefore(item, item.previousElementSibling);
    else list.insertBefore(item.nextElementSibling, item);
    settle(list);
    const buttons = [pressed, ...item.querySelectorAll("button")];
    buttons.find((each) => !each.disabled).focus();
  }

  /* The first line can't go up, nor the last one down. */
  function settle(list) {
    [...list.children].forEach((item, place) => {
      item.querySelector(".up").disabled = place === 0;
      item.querySelector(".down").disabled = place === list.children.length - 1;
    });
  }

  function matching(context) {
    const selects = context.left.map((each, place) => {
      const select = make("select", { id: `${context.name}-${place}`, ...named(each) }, make("option", { value: "" }, context.say("choose_here")),
        ...context.options.map((option) => make("option", { value: option.id }, option.plain)));
      select.value = (context.draft && context.draft[each.id]) || "";
      return select;
    });
    const pairs = context.left.map((each, place) => make("div", { class: "pair" },
      markup("label", { for: selects[place].id }, each.html), make("span", { class: "slot" }, selects[place])));
    return {
      elements: [...(context.options.some((each) => each.html.includes("<math")) ? [legendOf(context)] : []), ...pairs],
      raw: () => Object.fromEntries(context.left.map((each, place) => [each.id, selects[place].value])),
      places: () => selects.map((select) => select.parentElement),
    };
  }

  /* A list box shows plain text alone, so what can be chosen stands beside it with its maths and code. */
  function legendOf(context) {
    return make("ul", { class: "partners" }, ...context.options.map((each) => markup("li", {}, each.html)));
  }

  /* Lines too long for a phone hang below where they begin; each is a block, so that copied code has its own lines. */
  function listing(code) {
    const rows = code.split("\n").map((line) => {
      const row = make("span", { class: "row" }, line || " ");
      row.style.setProperty("--indent", line.length - line.trimStart().length);
      return row;
    });
    return make("pre", { class: "code" }, make("code", {}, ...rows));
  }

  const KINDS = {
    single: one, exception: one, true_false: trueOrFalse, multiple: several, numeric: numbers, tensor: numbers,
    shape: typedLine, output: typedText, text: typedText, order: arranging, match: matching,
  };

  return { make, markup, listing, build: (context) => KINDS[context.kind](context) };
})();
