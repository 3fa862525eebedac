"""Makes an IAM user whose policy allows one action on one resource; prints the access key.

usage: iam.py URL USER ACTION RESOURCE
"""

import json
import sys

import boto3
from botocore.config import Config


def main():
    url, user, action, resource = sys.argv[1:]
    iam = boto3.client(
        "iam",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(proxies={}),
    )
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    iam.create_user(UserName=user)
    iam.put_user_policy(
        UserName=user,
        PolicyName="only",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    key = iam.create_access_key(UserName=user)["AccessKey"]
    print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))


main()
