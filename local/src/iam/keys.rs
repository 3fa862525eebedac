//! The condition keys that are evaluated, because requests to the store may have them.

pub(crate) const CALLER_ACCOUNT: &str = "kms:CallerAccount";
pub(crate) const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:PARAMETER_ARN";
pub(crate) const PRINCIPAL_ACCOUNT: &str = "aws:PrincipalAccount";
pub(crate) const RECURSIVE: &str = "ssm:Recursive";
pub(crate) const REGION: &str = "aws:RequestedRegion";
pub(crate) const VIA_SERVICE: &str = "kms:ViaService";

pub(super) const ALL: [&str; 6] =
    [CALLER_ACCOUNT, ENCRYPTION_CONTEXT, PRINCIPAL_ACCOUNT, RECURSIVE, REGION, VIA_SERVICE];
