"""The parts of an item as HTML that is well-formed XML too; `maths` writes LaTeX in the other system's way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from grader.bridges.item import Body, Form, Item, Remark, answer_body
from grader.markup import as_html

Maths = Callable[[str], str]
HERE = "\ufffc"


def code_html(code: str) -> str:
    """Return code as a block; without an element inside it, which TAO would set off by blanks."""
    return f"<pre>{escape(code)}</pre>"


def prompt_html(item: Item, maths: Maths, *sentences: str) -> str:
    """Return the question's text and code, and what a system must say besides."""
    code = code_html(item.variant.code) if item.variant.code else ""
    more = "".join(f"<p>{escape(each)}</p>" for each in sentences)
    return as_html(item.text, maths) + code + more


def body_html(body: Body, maths: Maths) -> str:
    """Return something to choose."""
    match body.form:
        case Form.CODE:
            return f"<code>{escape(body.text)}</code>"
        case Form.BLOCK:
            return code_html(body.text)
        case Form.PLAIN:
            return escape(body.text)
    return as_html(body.text, maths, inline=True)


def remark_html(remark: Remark | None) -> str:
    """Return a remark, or nothing where there is none."""
    if remark is None:
        return ""
    return f"<p><strong>{escape(remark.title)}</strong></p><p>{escape(remark.explanation)}</p>"


def explanation_html(item: Item, maths: Maths) -> str:
    """Return why the key is the key."""
    return as_html(item.explanation, maths)


def model_html(item: Item, maths: Maths) -> str:
    """Return what a good answer says, for whoever marks or practises: a student reads it before a mark is given."""
    return f"<p>{escape(item.says('good_answer'))}</p>{as_html(item.model, maths)}"


def all_remarks_html(item: Item, remarks: Iterable[Remark], maths: Maths, said: str = "answered") -> str:
    """Return remarks one after the other, each with its answer: for a system that can't tell them by the answer."""
    return "".join(answered_html(item, each, maths, said) + remark_html(each) for each in remarks)


def answered_html(item: Item, remark: Remark, maths: Maths, said: str) -> str:
    """Return which answer a remark is about: one that was given, or one that was `left_out`."""
    body = answer_body(item, remark.value)
    if body.form is Form.BLOCK:
        return f"<p>{escape(item.says('if_answered_this'))}</p>{body_html(body, maths)}"
    return f"<p>{escape(item.says(f'if_{said}', answer=HERE)).replace(HERE, body_html(body, maths))}</p>"
