"""The library: editions of packages, archives in and out, what differs; the operator's pages."""
