"""Alembic's way in for drafting revisions; upgrades run through saas.tenancy.migrating."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    version_table_schema=attributes["schema"],
    include_schemas=attributes["schema"] == "hub",
    include_name=attributes.get("include_name"),
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
