"""Due dates: when work is due, how late it is, and what that costs. Knows no file of a student's."""
