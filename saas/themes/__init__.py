"""Culture packs: what a district's pages look like, and what they tell of the place.

A pack is data (tenants/cultures/<code>/): a palette, the frames of the seals, drawings, words, a
calendar, activities, stories, people, routes, honours. `schemas` says what its file may hold,
`rules` checks contrast, drawings and references, works out the calendar and writes the style sheet,
`queries` reads and says which pack is shown.
"""
