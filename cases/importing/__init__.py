"""留言导入: messages exported from a board become 信访件 here, and their replies become history."""
