"""What follows from what was measured and learned: groups, merit and rank."""
