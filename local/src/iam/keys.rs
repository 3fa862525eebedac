//! The condition keys that are evaluated, because requests to the store may have them. Each has one
//! value at most.

pub(crate) const CALLER_ACCOUNT: &str = "kms:CallerAccount";
pub(crate) const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:PARAMETER_ARN";
pub(crate) const PRINCIPAL_ACCOUNT: &str = "aws:PrincipalAccount";
pub(crate) const RECURSIVE: &str = "ssm:Recursive";
pub(crate) const REGION: &str = "aws:RequestedRegion";
/// Has a list of values. Here a key has one alias at most, by which it was given.
pub(crate) const RESOURCE_ALIASES: &str = "kms:ResourceAliases";
pub(crate) const VIA_SERVICE: &str = "kms:ViaService";

pub(super) const ALL: [&str; 7] = [
    CALLER_ACCOUNT,
    ENCRYPTION_CONTEXT,
    PRINCIPAL_ACCOUNT,
    RECURSIVE,
    REGION,
    RESOURCE_ALIASES,
    VIA_SERVICE,
];
