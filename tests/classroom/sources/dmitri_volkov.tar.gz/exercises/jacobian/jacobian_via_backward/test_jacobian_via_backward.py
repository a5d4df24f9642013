from jacobian_via_backward import jacobian_via_backward


def test_it_is_there():
    assert callable(jacobian_via_backward)
