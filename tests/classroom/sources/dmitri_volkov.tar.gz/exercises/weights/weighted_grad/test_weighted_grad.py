from weighted_grad import weighted_grad


def test_it_is_there():
    assert callable(weighted_grad)
