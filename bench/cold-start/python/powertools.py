# Powertools for AWS Lambda (Python), as its documentation says.

from aws_lambda_powertools.utilities import parameters

names = [f"/bench/{number:02}" for number in range(1, 13)]
values = parameters.get_parameters_by_name({name: {} for name in names}, decrypt=True)
assert len(values) == 12 and all(value.startswith("example-") for value in values.values())
