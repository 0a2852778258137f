"""What becomes of a catalog as data go on: decisions that stand, the history, counting anew."""
