from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """OWASP's minimum. Django's own choice takes 100 MiB and eight threads for each login."""

    memory_cost = 19 * 1024
    parallelism = 1
