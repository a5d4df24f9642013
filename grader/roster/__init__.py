"""The roster: who belongs to a class, and which submission is whose. Knows no submission but by its name and ids."""
