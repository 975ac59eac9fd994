"""Pure decisions about a model: a merge of three, and its pieces."""
