import torch


def unbroadcast(g, shape):
    letters = "abcdefgh"[: g.ndim]
    kept = letters[g.ndim - len(shape) :]
    keep = "".join(letter for letter, size in zip(kept, shape, strict=True) if size != 1)
    return torch.einsum(f"{letters}->{keep}", g.detach()).clone().reshape(shape)
