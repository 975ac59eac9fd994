"""What a district sets for its demands, as those change it who may."""
