"""虚构数据 of supervision: what the demo's petition office has done about what ran late."""
