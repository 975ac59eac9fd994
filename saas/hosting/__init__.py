"""A district and whoever runs its service: looking in by leave, usage and quotas, new editions."""
