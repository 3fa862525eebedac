"""Makes a secret of Secrets Manager with a version for each value, the last being the current one.

usage: secret.py URL NAME VALUE...

The ids of the versions are those that stage-config-local gives to the first secret of a store.
"""

import json
import sys

import boto3
from botocore.config import Config


def main():
    url, name, *values = sys.argv[1:]
    secrets = boto3.client(
        "secretsmanager",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(proxies={}),
    )
    for number, value in enumerate(values, start=1):
        version = {"SecretString": value, "ClientRequestToken": "00000000-0000-4000-8000-%012d" % number}
        if number == 1:
            made = secrets.create_secret(Name=name, **version)
        else:
            made = secrets.put_secret_value(SecretId=name, **version)
    print(json.dumps({"arn": made["ARN"], "version": made["VersionId"]}))


main()
