"""Funds: the community charity fund and the public money of a district, every yuan in the open.

A supporting book beside the statutory ones. Gifts are lots: each is used for its own purpose and
for nothing else, a payout is posted only when gifts cover it to the fen, by a resolution of the
committee and the hands of three people; the database refuses whatever does not fit (`models`,
`saas.ledger`). Gifts and public money are two books that no transfer joins. Who gave stands sealed
beside the gift and is never shown; what is shown of it is frozen when it is received.
Tables: fund_accounts, fund_entries, fund_notes (the ledger); fund_purposes, fund_bases,
fund_organs, fund_terms (the model);
fund_gifts, fund_donors, fund_gift_acts, fund_boxes, fund_openings, fund_handovers;
fund_payouts, fund_payout_acts, fund_gift_uses,
fund_postings, fund_stories; fund_members, fund_votes, fund_resolutions;
fund_sources, fund_lines; fund_disclosures.
"""
