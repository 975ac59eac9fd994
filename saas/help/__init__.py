"""Help inside the product: one short page per task, opened from the page where it is needed.

The texts are Markdown files, `texts/<locale>/<code>.md`. Their head says which pages they are for
(`where`, endpoints) and who may read them (`for`); what stands in bold is a word of the product.
"""
