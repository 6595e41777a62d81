"""虚构数据: the demo bureau, told through the real verbs, and volume for measuring, written by COPY."""
