"""What hangs on the wall of a hall: pictures of a district that everybody may see."""
