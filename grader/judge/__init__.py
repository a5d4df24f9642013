"""The judge: runs hidden tests against a student process and says what became of each check."""
