//! The ARN of a parameter, by which a parameter of another account is requested.

use crate::account::Account;
use crate::error::{NameError, Reason};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>, and the partitions of
/// the SDKs' endpoint rules.
const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// The location of a parameter: `arn:PARTITION:ssm:REGION:ACCOUNT:parameter/…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arn<'a> {
    partition: &'a str,
    region: &'a str,
    account: &'a str,
}

impl<'a> Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub fn partition(&self) -> &'a str {
        self.partition
    }

    /// `eu-west-1`, …
    pub fn region(&self) -> &'a str {
        self.region
    }

    /// Twelve digits. Empty for public parameters under `/aws/service/`.
    pub fn account(&self) -> &'a str {
        self.account
    }

    /// Splits an ARN with an optional selector. Also returns the byte offset of the parameter's
    /// name, which is the slash after `parameter`.
    pub(crate) fn parse(text: &'a str) -> Result<(Self, usize), NameError> {
        let mut fields = Fields { text, at: 0 };
        fields.next()?; // `arn`, which is why we are here
        let (at, partition) = fields.next()?;
        if !PARTITIONS.contains(&partition) {
            return Err(NameError::new(at, Reason::ArnPartition));
        }
        let (at, service) = fields.next()?;
        if service != "ssm" {
            return Err(NameError::new(at, Reason::ArnService));
        }
        let (at, region) = fields.next()?;
        let of_region = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if region.is_empty() || !region.bytes().all(of_region) {
            return Err(NameError::new(at, Reason::ArnRegion));
        }
        let (at, account) = fields.next()?;
        let name = fields.at + "parameter".len();
        let public = text.get(name..).is_some_and(|name| name.starts_with("/aws/service/"));
        if Account::parse(account).is_none() && !(account.is_empty() && public) {
            return Err(NameError::new(at, Reason::ArnAccount));
        }
        if !text[fields.at..].starts_with("parameter/") {
            return Err(NameError::new(fields.at..text.len(), Reason::ArnResource));
        }
        Ok((Self { partition, region, account }, name))
    }
}

/// The parts between the colons.
struct Fields<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Fields<'a> {
    fn next(&mut self) -> Result<(std::ops::Range<usize>, &'a str), NameError> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(':')
            .ok_or_else(|| NameError::new(self.at..self.text.len(), Reason::ArnCutShort))?;
        let range = self.at..self.at + length;
        self.at += length + 1;
        Ok((range, &rest[..length]))
    }
}
