"""窗口文书: numbered papers printed at the counter: 信访登记表 and 接收回执 of an arrival, 听证申请书 of a petitioner.

A paper changes no state and no clock. `kinds.PAPERS` says who prints which, `printing.print_paper` prints it.
"""
