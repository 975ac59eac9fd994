"""bookings.yaml of a model package: on which terms each kind of room is booked."""
