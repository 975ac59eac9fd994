"""A district from a workbook or an official list: templates, import with preview, invitations."""
