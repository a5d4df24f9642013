"""What an author begins with: a course, an exercise, a question, a misconception, each with its files in place."""
