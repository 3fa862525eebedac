"""Makes a secret of Secrets Manager with a version for each value, the last being the current one.

usage: secret.py URL NAME VALUE...
"""

import json
import sys

import boto3
from botocore.config import Config


def main():
    url, name, first, *later = sys.argv[1:]
    secrets = boto3.client(
        "secretsmanager",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(proxies={}),
    )
    made = secrets.create_secret(Name=name, SecretString=first)
    for value in later:
        made = secrets.put_secret_value(SecretId=name, SecretString=value)
    print(json.dumps({"arn": made["ARN"], "version": made["VersionId"]}))


main()
