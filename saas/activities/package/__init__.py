"""activities.yaml of a model package: kinds of activities, and tags that are counted."""
