from sum_backward import sum_backward


def test_it_is_there():
    assert callable(sum_backward)
