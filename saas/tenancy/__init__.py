"""The control plane: districts as tenants, their addresses, states, schemas and migrations.

Tables: hub.tenants, hub.hosts, hub.tenant_events (append-only), hub.provisioning_steps,
hub.operators. Words: tenant (a district with its own schema), code (its renameable handle),
schema (its generated, unchanging name in the database), kind (standard, trial, demo).
"""
