"""Which submissions are alike beyond what everybody was given and what everybody writes."""
