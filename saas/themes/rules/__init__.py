"""Pure decisions about a pack: contrast, drawings, style sheet, references, calendar."""
