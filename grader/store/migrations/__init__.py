"""How the tables of a store change from one version to the next, for Alembic."""
