"""The kinds of questions: for each, what its key is, how an answer is read, marked and shown."""
