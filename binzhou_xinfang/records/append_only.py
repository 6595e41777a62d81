"""Tables that only grow, under the name by which migrations know them; they stand below the statute, which has one."""

from binzhou_xinfang.append_only import AppendOnly, RefusalSql, RefuseChange

__all__ = ["AppendOnly", "RefusalSql", "RefuseChange"]
