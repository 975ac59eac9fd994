"""How it was: two questions to who came, answered once and by nobody in particular."""
