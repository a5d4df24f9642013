"""What Alembic runs for each change: inside the transaction of the connection that it is given."""

from alembic import context

from grader.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
