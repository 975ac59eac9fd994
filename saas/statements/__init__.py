"""The host's statement, line by line: what the bank says of the fund, held against its book.

A statement of a month is read whole or not at all; its lines are a chain that the database keeps,
and months follow without a gap. Each line is said to be what it is by somebody's press: gifts of a
slip, a transfer that is a new gift, a payout, a refund, or nothing of the book's. What is wrong is
taken back with a reason. Another person closes the month when book and bank differ by nothing that
is not explained; then no row can be added to it. Who stands on the other side of a line is sealed,
shown at that line alone.
Tables: statement_months, statement_lines, statement_parties, statement_acts, statement_closings.
"""
