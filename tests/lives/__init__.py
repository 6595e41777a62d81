"""Whole lives of matters: each test reads like a story, with real days and hand-reckoned due days.

How the days are reckoned (reference §2): the first day does not count; a period of natural days ends on day n (strict);
when that is a day off, the legal end is the first workday after it; working days are counted by the notices of the
State Council, make-up workdays included. The days off that matter here (reference §9):
2025: Spring Festival 01-28…02-04, make-up workdays Sun 01-26 and Sat 02-08; 04-04…06; 05-01…05, make-up Sun 04-27;
05-31…06-02; National Day 10-01…08, make-up Sun 09-28 and Sat 10-11.
2026: 01-01…03, make-up Sun 01-04; Spring Festival 02-15…23, make-up Sat 02-14 and Sat 02-28; 04-04…06; 05-01…05,
make-up Sat 05-09; 06-19…21.
"""
