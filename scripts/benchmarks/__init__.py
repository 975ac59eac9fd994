"""What the product costs beside the least that could do the same, measured side by side.

Machines are noisy: every figure is a ratio (or a difference) of two things measured in turn in
one run, and the median of the pairs is what counts.
"""
