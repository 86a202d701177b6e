"""Is what we link to still there?"""
