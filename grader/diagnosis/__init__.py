"""Which misconception produced the wrong number."""
