//! The answer of a source for one name.

use std::sync::Arc;

use secrecy::SecretString;
use stage_config_names::Account;

/// What a source answers for one name, or for one path.
///
/// The variant says what happened; [`Failed`](Self::Failed) also says whether a retry may help. A
/// reason is a text for the reader of an error: `no connection to https://…`. A source makes answers
/// with the functions below and with [`Missing`](Self::Missing), because the others may get fields.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answer {
    /// The parameter exists.
    #[non_exhaustive]
    Found {
        /// Its value, decrypted. Clones of the answer share it.
        text: Arc<SecretString>,
        /// Whether it is stored encrypted, as a SecureString. Errors then never quote it.
        secure: bool,
        /// See [`with_account`](Self::with_account).
        account: Option<Account>,
    },
    /// The parameter does not exist.
    Missing,
    /// The role may not read it. Boxed, so that thousands of answers of the usual kind are small.
    Denied(Box<Denial>),
    /// The source could not read it.
    #[non_exhaustive]
    Failed {
        /// Whether trying again may help, with nothing changed.
        transient: bool,
        /// Why.
        reason: String,
    },
}

impl Answer {
    /// A parameter that is not encrypted.
    pub fn found(text: impl Into<String>) -> Self {
        Self::Found { text: shared(text), secure: false, account: None }
    }

    /// A SecureString.
    pub fn secure(text: impl Into<String>) -> Self {
        Self::Found { text: shared(text), secure: true, account: None }
    }

    /// The role may not read it, because no policy allows this action on this resource.
    pub fn denied(action: impl Into<String>, resource: impl Into<String>) -> Self {
        let (action, resource) = (action.into(), resource.into());
        Self::Denied(Box::new(Denial { action, resource, details: None }))
    }

    /// Adds to a denial what else there is to say, such as the service's own words about an explicit
    /// deny. Other answers stay as they are.
    #[must_use]
    pub fn with_details(mut self, text: impl Into<String>) -> Self {
        if let Self::Denied(denial) = &mut self {
            denial.details = Some(text.into());
        }
        self
    }

    /// Adds to a parameter the AWS account that it comes from. If the struct says in `accounts(…)`
    /// which accounts its stages have, the load refuses a parameter from another one. Other answers
    /// stay as they are, and anything but twelve digits is no account.
    ///
    /// ```
    /// use stage_config::source::Answer;
    ///
    /// let answer = Answer::secure("sk_live_1").with_account("444455556666");
    /// # assert!(matches!(answer, Answer::Found { account: Some(it), .. } if it.as_str() == "444455556666"));
    /// ```
    #[must_use]
    pub fn with_account(mut self, number: &str) -> Self {
        if let Self::Found { account, .. } = &mut self {
            *account = Account::parse(number);
        }
        self
    }

    /// The account that gave the answer, if it is known. A denial names its resource, which may be a
    /// KMS key of another account.
    pub(crate) fn account(&self) -> Option<Account> {
        match self {
            Self::Found { account, .. } => *account,
            Self::Denied(denial) if !denial.resource.contains(":kms:") => {
                Account::from_arn(&denial.resource)
            }
            _ => None,
        }
    }

    /// The source cannot read it, and trying again does not help.
    pub fn failed(reason: impl Into<String>) -> Self {
        Self::Failed { transient: false, reason: reason.into() }
    }

    /// The source could not read it this time; it may the next time.
    pub fn transient(reason: impl Into<String>) -> Self {
        Self::Failed { transient: true, reason: reason.into() }
    }
}

/// Which permission the role lacks.
#[derive(Debug, Clone)]
pub struct Denial {
    action: String,
    resource: String,
    details: Option<String>,
}

impl Denial {
    /// The missing permission, such as `ssm:GetParameters`.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The resource on which a policy has to allow it, such as
    /// `arn:aws:ssm:us-east-1:111122223333:parameter/app/key`.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// See [`Answer::with_details`].
    pub fn details(&self) -> Option<&str> {
        self.details.as_deref()
    }
}

fn shared(text: impl Into<String>) -> Arc<SecretString> {
    Arc::new(SecretString::from(text.into()))
}
