"""Running the checks of a contract.

Others use `checks.run_checks`, `assertions.compile_contract` and `sides.Apart`.
"""
