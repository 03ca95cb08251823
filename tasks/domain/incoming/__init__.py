"""What arrives in the mailbox by itself: delivery reports, answers to invitations, wishes to get no more mail."""
