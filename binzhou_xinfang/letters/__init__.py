"""Official letters: kinds, wording, numbers, the paper itself. Tables keep the app label `records`."""
