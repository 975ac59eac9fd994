"""A district's model: what it was made from, what it made of it, what it could take."""
