"""窗口登记: registration of arrivals, identity papers, earlier matters of the person, search of code lists.

One form is one registration, however often it is sent (`one_registration`). `earlier_matters` compares today's words
with the person's other matters; 检举控告 are left out.
"""
