"""organisations.yaml of a model package: types, stages, and words to choose from."""
