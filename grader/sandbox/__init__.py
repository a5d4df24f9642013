"""The student process: how it is made, bounded, spoken to and ended."""
