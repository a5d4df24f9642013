/* Marks an answer exactly as grader/quiz/kinds does; knows nothing of the page.
   A raw answer is what the controls hold: an option's id, ids, true or false, typed texts. */
const marking = (() => {
  "use strict";

  const LONGEST = 4000;
  const MOST_SIZES = 64;
  const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?(?: *\/ *\d+(?:\.\d*)?)?|[+-]?(?:nan|inf))$/i;
  const TOKEN = /([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
  const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
  /* What Python takes for a blank, which is not what \s stands for here. */
  const BLANK = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  const BLANKS = new RegExp(`${BLANK}+`, "g");
  const BLANKS_AROUND = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");
  /* A blank beside a sign, which holds no two words or numbers apart. */
  const BLANK_AFTER_SIGN = /([^\p{L}\p{N}_.]) /gu;
  const BLANK_BEFORE_SIGN = / ([^\p{L}\p{N}_.])/gu;
  const SIZE = /^\d{1,6}$/;
  const BETWEEN_SIZES = /[ ,xX\u00d7*]+/;
  const TENSOR_CALL = /^(?:torch\.)?(?:tensor|Size)\((.*)\)$/;
  const DIGIT = /\p{Decimal_Number}/u;
  const DIGITS = /\p{Decimal_Number}/gu;
  const CHINESE_SIGNS = { "\u3001": ",", "\u3002": ".", "\u3010": "[", "\u3011": "]", "\u2212": "-" };

  class Unreadable extends Error {
    constructor(problem, places = []) {
      super(problem);
      this.problem = problem;
      this.places = places;
    }
  }

  /* Returns a text with what a Chinese keyboard types for signs of ASCII, and the minus of printed maths, in ASCII. */
  const ascii = (text) => text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3001\u3002\u3010\u3011\u2212]/g, (sign) => CHINESE_SIGNS[sign]);

  /* Returns a text with the digits of every script as 0 to 9; Unicode keeps them in tens. */
  const narrow = (text) => text.replace(DIGITS, (digit) => {
    let zero = digit.codePointAt(0);
    while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((digit.codePointAt(0) - zero) % 10);
  });

  /* Returns a text with one space for every run of blanks, and none around it. */
  const spaced = (text) => text.replace(BLANKS, " ").replace(/^ | $/g, "");

  function typed(raw) {
    const text = raw.replace(BLANKS_AROUND, "");
    if (!text) throw new Unreadable("empty");
    if ([...text].length > LONGEST) throw new Unreadable("too_long");
    return text;
  }

  const signs = (raw) => spaced(ascii(typed(raw)));

  /* Returns the number that a text or the page's data writes, or null. */
  function numberOf(value) {
    if (typeof value === "number") return value;
    const text = narrow(value).toLowerCase();
    if (!NUMBER.test(text)) return null;
    if (text.endsWith("nan")) return NaN;
    if (text.endsWith("inf")) return text.startsWith("-") ? -Infinity : Infinity;
    const [above, below] = text.split("/").map(Number);
    if (below === undefined) return above;
    return below === 0 ? null : above / below;
  }

  const flat = (value) => (Array.isArray(value) ? value.flatMap(flat) : [numberOf(value)]);
  const shapeOf = (value) => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);
  const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function close(got, expected, tolerance) {
    if (Number.isNaN(got) || Number.isNaN(expected)) return Number.isNaN(got) && Number.isNaN(expected);
    if (!Number.isFinite(got) || !Number.isFinite(expected)) return got === expected;
    return Math.abs(got - expected) <= tolerance.absolute + tolerance.relative * Math.abs(expected);
  }

  const count = (truths) => truths.filter(Boolean).length;
  const placesOf = (list, holds) => list.flatMap((each, place) => (holds(each) ? [place] : []));
  const mean = (truths) => count(truths) / truths.length;

  /* Returns the lines that are not blank, with blanks only where they hold two words or two numbers apart. */
  const lines = (text) => ascii(text).split(LINE_END).map(spaced).filter(Boolean)
    .map((line) => line.replace(BLANK_AFTER_SIGN, "$1").replace(BLANK_BEFORE_SIGN, "$1"));

  function sameLine(one, other, tolerance) {
    const ours = one.split(TOKEN);
    const theirs = other.split(TOKEN);
    if (ours.length !== theirs.length) return false;
    return ours.every((piece, index) =>
      index % 2 ? close(Number(piece), Number(theirs[index]), tolerance) : piece === theirs[index]);
  }

  const choice = {
    read(raw) {
      if (raw === null) throw new Unreadable("choose");
      return raw;
    },
    rights: (value, variant) => [value === variant.key],
    share: (value, variant) => Number(value === variant.key),
    shows: (mistake, value) => mistake === value,
  };

  const multiple = {
    read(raw) {
      if (!raw.length) throw new Unreadable("choose_some");
      return raw;
    },
    rights: (value, variant) => value.map((each) => variant.key.includes(each)),
    share(value, variant) {
      const right = count(multiple.rights(value, variant));
      return Math.max(0, (right - (value.length - right)) / variant.key.length);
    },
    shows: (mistake, value, variant) => value.includes(mistake) !== variant.key.includes(mistake),
  };

  const numbers = {
    read(raw) {
      const empty = placesOf(raw, (each) => !spaced(each));
      if (empty.length) throw new Unreadable(raw.length > 1 ? "fill_all" : "empty", empty);
      const values = raw.map((each) => numberOf(signs(each)));
      const bad = placesOf(values, (each) => each === null);
      if (bad.length) throw new Unreadable("no_number", bad);
      return values;
    },
    rights: (value, variant, tolerance) =>
      flat(variant.key).map((wanted, place) => close(value[place], wanted, tolerance)),
    share: (value, variant, tolerance) => mean(numbers.rights(value, variant, tolerance)),
    shows: (mistake, value, variant, tolerance) =>
      equal(shapeOf(mistake), shapeOf(variant.key)) &&
      flat(mistake).every((entry, place) => close(value[place], entry, tolerance)),
  };

  const shape = {
    read(raw) {
      const text = signs(raw);
      const call = TENSOR_CALL.exec(text);
      const written = spaced(call ? call[1] : text);
      const inner = /^(?:\(.*\)|\[.*\])$/.test(written) ? spaced(written.slice(1, -1)) : written;
      const sizes = inner.split(BETWEEN_SIZES).filter(Boolean);
      if ((inner && !sizes.length) || sizes.length > MOST_SIZES || !sizes.every((each) => SIZE.test(each))) {
        throw new Unreadable("no_shape");
      }
      return sizes.map(Number);
    },
    rights: (value, variant) => [equal(value, variant.key)],
    share: (value, variant) => Number(equal(value, variant.key)),
    shows: (mistake, value) => equal(mistake, value),
  };

  const output = {
    read: (raw) => typed(raw),
    rights(value, variant, tolerance) {
      const wanted = lines(variant.key);
      return lines(value).map((line, place) => place < wanted.length && sameLine(line, wanted[place], tolerance));
    },
    share: (value, variant, tolerance) =>
      count(output.rights(value, variant, tolerance)) / Math.max(lines(value).length, lines(variant.key).length),
    shows(mistake, value, variant, tolerance) {
      const [ours, theirs] = [lines(mistake), lines(value)];
      return ours.length === theirs.length && ours.every((line, place) => sameLine(line, theirs[place], tolerance));
    },
  };

  const order = {
    read: (raw) => raw,
    rights: (value, variant) => [variant.accepted.some((each) => equal(each, value))],
    share: (value, variant) => Number(order.rights(value, variant)[0]),
    shows: (mistake, value) => equal(mistake, value),
  };

  const match = {
    read(raw, variant) {
      const open = placesOf(variant.left, (each) => !raw[each.id]);
      if (open.length) throw new Unreadable("match_all", open);
      return raw;
    },
    rights: (value, variant) => variant.left.map((each) => value[each.id] === variant.key[each.id]),
    share: (value, variant) => mean(match.rights(value, variant)),
    shows: (mistake, value, variant) =>
      variant.left.every(({ id }) => mistake[id] === variant.key[id] || value[id] === mistake[id]),
  };

  const text = { read: (raw) => typed(raw), rights: () => [], share: () => null, shows: () => false };

  const KINDS = {
    single: choice, exception: choice, true_false: choice, multiple, numeric: numbers, tensor: numbers,
    shape, output, order, match, text,
  };

  /* Returns the share of the points (null where a human must judge), what of the answer is right, and the misconception
     that it shows, or null; or {problem, places} for an answer that says nothing. */
  function mark(question, variant, raw) {
    const kind = KINDS[question.kind];
    const { tolerance } = question;
    try {
      const value = kind.read(raw, variant);
      const share = kind.share(value, variant, tolerance);
      const shown = variant.mistakes.find((each) => kind.shows(each.value, value, variant, tolerance));
      return {
        share,
        rights: kind.rights(value, variant, tolerance),
        misconception: shown && share !== 1 ? shown.misconception : null,
      };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { problem: error.problem, places: error.places };
    }
  }

  return { mark, shapeOf };
})();
