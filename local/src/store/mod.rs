//! A running store.

mod builder;

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use stage_config_names::SECRETS;
use tokio::sync::oneshot;

use crate::calls::Calls;
use crate::error::Refused;
use crate::faults::Fault;
use crate::iam::PolicyError;
use crate::location::Location;
use crate::parameter::Parameter;
use crate::wire::{self, Shared};

pub use builder::{Builder, StartError};

/// A Parameter Store on loopback, which runs until it is dropped.
///
/// It runs on its own thread, so it needs no async runtime and outlives those of the tests.
///
/// ```
/// use stage_config_local::{LocalStore, Parameter};
///
/// let store = LocalStore::start([Parameter::string("/limit", "5")])?;
/// store.put(Parameter::string("/limit", "6"))?;
/// store.label("/limit", 1, "blue")?;
/// assert!(store.url().starts_with("http://127.0.0.1:"));
/// assert_eq!(store.arn("/limit"), "arn:aws:ssm:us-east-1:111122223333:parameter/limit");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LocalStore {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropping the sender ends the thread.
    running: Option<(oneshot::Sender<Infallible>, JoinHandle<()>)>,
}

impl LocalStore {
    /// Starts a store that holds these parameters, on a free port of 127.0.0.1.
    ///
    /// If a name occurs twice, the later parameter becomes a new version of the earlier one.
    ///
    /// # Errors
    /// The service's rules refuse a parameter, or the store cannot run.
    pub fn start(parameters: impl IntoIterator<Item = Parameter>) -> Result<Self, StartError> {
        Self::builder().start(parameters)
    }

    /// A store with another account or region, or on a port of your choice.
    pub fn builder() -> Builder {
        Builder::new()
    }

    fn serve(listener: TcpListener, shared: Shared) -> io::Result<Self> {
        let shared = Arc::new(shared);
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let run = move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    wire::serve(listener, serving, stopped).await;
                }
            });
        };
        let thread = thread::Builder::new().name("stage-config-local".to_owned()).spawn(run)?;
        Ok(Self { address, shared, running: Some((stop, thread)) })
    }

    /// The endpoint of the store, for `AWS_ENDPOINT_URL_SSM` or the configuration of a client.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of the store, for `Loader::client` for instance. It needs the feature `client`.
    ///
    /// The client ignores the environment. Its type is the one of the program's own `aws-sdk-ssm`,
    /// provided that this is version 1.133 or a later version 1.
    #[cfg(feature = "client")]
    pub fn client(&self) -> aws_sdk_ssm::Client {
        use aws_sdk_ssm::config::{BehaviorVersion, Config, Credentials, Region};

        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.home().region.clone()))
            .endpoint_url(self.url())
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            // Without TLS, which would need certificates, and without a proxy.
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        aws_sdk_ssm::Client::from_conf(config)
    }

    /// Puts a parameter or a secret. If it exists, this adds a version.
    ///
    /// An ARN as its name puts the parameter into another account or region. One of another account
    /// is shared with the account of the store, whose callers read it by its ARN. One of another
    /// region is found by requests that are signed for that region.
    ///
    /// ```
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// let shared = "arn:aws:ssm:us-east-1:444455556666:parameter/shared/url";
    /// let store = LocalStore::start([Parameter::string(shared, "https://example.com")])?;
    /// # Ok::<(), stage_config_local::StartError>(())
    /// ```
    ///
    /// # Errors
    /// The error that the service would answer with `Overwrite`; the type of a parameter cannot
    /// change, for instance.
    pub fn put(&self, parameter: Parameter) -> Result<(), Refused> {
        self.shared.service.put(parameter)
    }

    /// Moves a label to a version, counted from 1.
    ///
    /// # Errors
    /// The error that the service would answer: there is no such parameter or version, for instance.
    pub fn label(&self, name: &str, version: u32, label: &str) -> Result<(), Refused> {
        self.shared.service.label(name, version, label)
    }

    /// The full ARN of a parameter in the store's account and region, which need not exist. For a name under
    /// `/aws/reference/secretsmanager/` it is the ARN of the secret, as in a reply.
    pub fn arn(&self, name: &str) -> String {
        match name.strip_prefix(SECRETS) {
            Some(secret) => self.home().secret_arn(secret),
            None => self.home().parameter_arn(name),
        }
    }

    /// The full ARN of a KMS key, from what [`Parameter::key_id`] takes. Each alias has a key of its
    /// own. `alias/aws/ssm` is the key that AWS manages.
    pub fn key_arn(&self, key_id: &str) -> String {
        self.home().key_arn(key_id)
    }

    pub(crate) fn home(&self) -> &Location {
        &self.shared.service.home
    }

    /// The requests since the start or the last [`reset_calls`](Self::reset_calls). A request is
    /// listed before it is answered, and even if it never is.
    pub fn calls(&self) -> Calls {
        self.shared.log().clone()
    }

    /// Forgets the requests until now.
    pub fn reset_calls(&self) {
        *self.shared.log() = Calls::default();
    }

    /// Adds faults to the end of the script, from the next request on.
    ///
    /// A call walks through the script from its first line. A line that is not for this call, or
    /// that only delays it, passes it on to the next line; the first other line decides what happens
    /// to it. A line counts only the calls that reach it. So these faults happen one after another:
    ///
    /// ```
    /// use stage_config_local::{LocalStore, On};
    ///
    /// let store = LocalStore::start([])?;
    /// store.script([
    ///     On::any().first(1).answer(503, "first"),
    ///     On::any().first(1).answer(200, "second"),
    ///     On::any().fail(), // from the third call on
    /// ]);
    /// # Ok::<(), stage_config_local::StartError>(())
    /// ```
    ///
    /// # Panics
    /// If a fault would never happen as it is written, because it is a mistake in a test.
    #[track_caller]
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.shared.service.script.add(faults);
    }

    /// Attaches an IAM policy to whoever sends requests: the text of a JSON document. From then on,
    /// only what the policies together allow is allowed.
    ///
    /// A request that is not allowed is denied in the service's words, and so is one that a
    /// statement denies. As in AWS:
    ///
    /// - `GetParameter`, `GetParameters` and other operations on names need their action on each
    ///   parameter, and `GetParametersByPath` on the path alone, with the slash at its end if the
    ///   request has one. `DescribeParameters` names no parameter, so only `*` allows it.
    /// - A secret of Secrets Manager also needs `secretsmanager:GetSecretValue` on its ARN, which
    ///   ends with six random characters.
    /// - A `SecureString` with a [key of its own](Parameter::key_id) also needs `kms:Decrypt` on
    ///   that key to be read with decryption, and `kms:Encrypt` to be put (`kms:GenerateDataKey` in
    ///   the advanced tier). The key that AWS manages needs nothing more, but may be denied.
    /// - `GetCallerIdentity` needs nothing.
    ///
    /// Conditions may use the operators that begin with `String` or `Arn`, also with `ForAnyValue:` or
    /// `IfExists`, and `Null`. The keys are `aws:PrincipalAccount`, `aws:RequestedRegion`,
    /// `kms:CallerAccount`, `kms:EncryptionContext:PARAMETER_ARN`, `kms:ResourceAliases` (the alias by
    /// which the key was given), `kms:ViaService` and `ssm:Recursive`.
    ///
    /// ```
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// let store = LocalStore::start([Parameter::string("/limit", "5")])?;
    /// store.policy(
    ///     r#"{
    ///         "Version": "2012-10-17",
    ///         "Statement": {
    ///             "Effect": "Allow",
    ///             "Action": "ssm:GetParameter*",
    ///             "Resource": "arn:aws:ssm:us-east-1:111122223333:parameter/limit"
    ///         }
    ///     }"#,
    /// )?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// IAM would refuse the document, or it has a part that the store does not evaluate: another
    /// condition, or a policy variable.
    pub fn policy(&self, document: &str) -> Result<(), PolicyError> {
        self.shared.service.policies.add(document)
    }

    /// Removes all policies, after which everything is allowed.
    pub fn clear_policies(&self) {
        self.shared.service.policies.clear();
    }

    /// Removes all faults. A request that has met one stays as it is.
    pub fn clear_script(&self) {
        self.shared.service.script.clear();
    }
}

impl fmt::Debug for LocalStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalStore").field("url", &self.url()).finish_non_exhaustive()
    }
}

/// Stops the store and closes all its connections.
impl Drop for LocalStore {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}
