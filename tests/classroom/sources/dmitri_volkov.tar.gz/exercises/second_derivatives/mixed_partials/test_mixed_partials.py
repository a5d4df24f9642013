from mixed_partials import mixed_partials


def test_it_is_there():
    assert callable(mixed_partials)
