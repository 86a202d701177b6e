# --8<-- [start:none]
# --8<-- [end:none]
