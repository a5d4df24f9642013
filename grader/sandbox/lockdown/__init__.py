"""The lock-down of an untrusted process: what it may no longer do, from `layers.lock_down` until it ends."""
