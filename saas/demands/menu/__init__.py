"""What can be asked for, what is asked besides, on which terms: tables and reads.

The lowest of the folders of demands; what changes it stands in ``settings``.
"""
