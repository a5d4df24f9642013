"""The intake of submissions: from what students handed in to source text, within bounds.

`listing` says whose submissions a path holds, `read_submission` reads one of them. Nothing handed in is
executed, unpacked to disk or followed through a link. Knows nothing of judging.
"""
