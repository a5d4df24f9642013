"""A variant letters its options in the order shown."""

import pytest


def test_options_are_lettered_in_the_order_shown(variants):
    """The first one shown is a."""
    shown = [each.id for each in variants.some.options]
    assert [variants.some.letter(each) for each in shown] == ["a", "b", "c", "d"]
    assert sorted(shown) == ["alpha", "beta", "delta", "gamma"]


def test_what_is_no_option_has_no_letter(variants):
    """No letter is made up."""
    with pytest.raises(ValueError, match="is not in list"):
        variants.some.letter("omega")
