"""What a grading run found: frozen, versioned records that every view is made from."""
