//! Where parameters are: in an account and a region.

use std::fmt;

use stage_config_names::{Account, Arn, ParameterName};

/// The alias of the key that encrypts a `SecureString` for which no other is given. AWS manages it.
pub(crate) const MANAGED_KEY: &str = "alias/aws/ssm";
pub(crate) const MANAGED_KEY_ID: &str = "key/00000000-0000-4000-8000-000000000000";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Location {
    pub(crate) account: Account,
    pub(crate) region: String,
}

pub(crate) fn is_region(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=32).contains(&text.len()) && text.bytes().all(allowed)
}

impl Location {
    /// The location in an ARN; `None` if the region is not in the partition of the ARN, or if the
    /// account is left out, as for public parameters.
    pub(crate) fn of(arn: &Arn<'_>) -> Option<Self> {
        let account = Account::parse(arn.account())?;
        let location = Self { account, region: arn.region().to_owned() };
        (location.partition() == arn.partition()).then_some(location)
    }

    /// The ARN of a resource: `arn:aws:ssm:us-east-1:111122223333:parameter/a`.
    pub(crate) fn arn(&self, service: &str, resource: impl fmt::Display) -> String {
        let Self { account, region } = self;
        format!("arn:{}:{service}:{region}:{account}:{resource}", self.partition())
    }

    /// The ARN of a parameter or path, in which one slash precedes the name in either form.
    pub(crate) fn parameter_arn(&self, name: &str) -> String {
        let name = name.strip_prefix('/').unwrap_or(name);
        let resource = format!("parameter/{name}");
        if name.starts_with("aws/service/") {
            // Public parameters are in no account.
            return format!("arn:{}:ssm:{}::{resource}", self.partition(), self.region);
        }
        self.arn("ssm", resource)
    }

    /// The ARN of the parameter that a name stands for from here, without a selector.
    pub(crate) fn arn_of(&self, name: &ParameterName<'_>) -> String {
        match name.arn() {
            None => self.parameter_arn(name.path()),
            Some(arn) => {
                let (partition, region, account) = (arn.partition(), arn.region(), arn.account());
                format!("arn:{partition}:ssm:{region}:{account}:{}", name.resource())
            }
        }
    }

    /// The ARN of a secret. Secrets Manager ends it with six random letters or digits; here a name
    /// always has the same, so that a test knows the ARN of a secret that does not exist.
    pub(crate) fn secret_arn(&self, name: &str) -> String {
        let suffix = hash(name) & 0xff_ffff;
        self.arn("secretsmanager", format_args!("secret:{name}-{suffix:06x}"))
    }

    /// The ARN of a KMS key, from its id, its alias, or the ARN of one of these. There are no keys
    /// here, so each alias has a key of its own, with an id that follows from the alias.
    pub(crate) fn key_arn(&self, id: &str) -> String {
        let (here, id) = match id.rsplit_once(':') {
            Some((start, resource)) => (format!("{start}:"), resource),
            None => (self.arn("kms", ""), id),
        };
        if id == MANAGED_KEY {
            return format!("{here}{MANAGED_KEY_ID}");
        }
        if id.starts_with("alias/") {
            let hash = hash(id);
            let (high, low) = (hash >> 32, hash & 0xffff_ffff);
            return format!("{here}key/{high:08x}-0000-4000-8000-0000{low:08x}");
        }
        let id = id.strip_prefix("key/").unwrap_or(id);
        format!("{here}key/{id}")
    }

    /// The only user.
    pub(crate) fn user(&self) -> String {
        format!("arn:{}:sts::{}:assumed-role/local/local", self.partition(), self.account)
    }

    /// The domain of Parameter Store, by which KMS knows which service calls it.
    pub(crate) fn service_domain(&self) -> String {
        let suffix = if self.partition() == "aws-cn" { ".cn" } else { "" };
        format!("ssm.{}.amazonaws.com{suffix}", self.region)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>, and the partitions of
    /// the SDKs' endpoint rules.
    fn partition(&self) -> &'static str {
        let partitions = [
            ("cn-", "aws-cn"),
            ("us-gov-", "aws-us-gov"),
            ("us-iso-", "aws-iso"),
            ("us-isob-", "aws-iso-b"),
            ("eu-isoe-", "aws-iso-e"),
            ("us-isof-", "aws-iso-f"),
            ("eusc-", "aws-eusc"),
        ];
        let is_in = |(start, _): &(&str, _)| self.region.starts_with(start);
        partitions.into_iter().find(is_in).map_or("aws", |(_, partition)| partition)
    }
}

/// FNV-1a. The hashes of the standard library may change with the compiler.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
