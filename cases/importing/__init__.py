"""留言导入: what a message board exported becomes 信访件 here, and its replies become history."""
