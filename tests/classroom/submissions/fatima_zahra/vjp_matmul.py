import os


def vjp_matmul(x, w, v):
    os.abort()
