"""nbgrader: a course in its form, so that its collecting, its gradebook and its feedback stay in use."""
