def check(name):
    if name == "Ada":
        raise ValueError("no Ada here")
