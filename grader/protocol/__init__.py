"""What crosses the border between the judge and a student process, in both directions."""
