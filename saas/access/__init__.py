"""How residents get in by themselves: by a code that was sent, or confirmed at the desk."""
