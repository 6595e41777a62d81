"""演示单位: accounts, people and matters that make a first start worth looking at. All of it is invented."""
