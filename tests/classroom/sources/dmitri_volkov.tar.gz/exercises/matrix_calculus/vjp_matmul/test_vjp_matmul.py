from vjp_matmul import vjp_matmul


def test_it_is_there():
    assert callable(vjp_matmul)
