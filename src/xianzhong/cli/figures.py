"""``xianzhong figures``: the indicators' values for a view. Not registered yet."""
