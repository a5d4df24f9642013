"""The course's content, tested as code."""
