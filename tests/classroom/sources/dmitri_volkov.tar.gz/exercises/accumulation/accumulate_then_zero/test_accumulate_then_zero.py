from accumulate_then_zero import accumulate_then_zero


def test_it_is_there():
    assert callable(accumulate_then_zero)
