"""The case itself: its rules, its acts and their story, its clock, who may do what, the queues."""
