"""Campaigns: on which basis gifts are asked for, where they are given, who asks, what was promised.

A campaign names one of five legal bases, and is checked with every proof that its basis asks for by
a second person: the database knows no check without them. No page of a district takes a payment.
Lots of an auction are bid for in a chain that must rise; who bids is a number. Donation points
stand on the four levels of the ladder, fundraisers have a card that anybody can check. What is
pledged by contract is kept apart from gifts. Codes of campaigns, points and fundraisers are what
gifts of the fund say they came by; sums are those of the fund's entries.
Tables: campaigns, campaign_acts, campaign_proofs, campaign_checks, campaign_sheets; campaign_lots,
campaign_paddles, campaign_bids; donation_points, fundraisers; pledges, pledge_rows.
"""
