"""What is kept of classes from one run to the next: submissions, facts, marks, and why each mark is what it is."""
