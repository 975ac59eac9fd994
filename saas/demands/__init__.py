"""What residents ask, and its way through the levels.

Tables: demand_categories, demand_deadlines, demands, custody (append-only). Units own queues;
people act for units through posts. Every act is a custody row, so the rows tell the whole way and
the demand's own columns only repeat where it stands now. Levels are those of the ladder
``escalation``, whatever their number.
"""
