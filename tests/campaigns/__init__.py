"""Campaigns, auctions, points, cards and pledges."""
