"""Quiz questions: variants drawn per student, keys computed by torch, answers marked."""
