import x

# --8<-- [start:route]
def f():
    # --8<-- [start:in]
    return 1
    # --8<-- [end:in]
# --8<-- [end:route]
