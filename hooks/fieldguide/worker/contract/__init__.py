"""Running the checks of a contract.

Others use `checks.run_checks` and `assertions.compile_contract`.
"""
