def dumps(value, **options):
    return "{}"


def loads(text, **options):
    return {}
