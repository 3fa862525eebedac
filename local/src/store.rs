//! A store that runs.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use stage_config_names::SECRETS;
use tokio::sync::oneshot;

use crate::account;
use crate::error::Refused;
use crate::faults::Faults;
use crate::parameter::Parameter;
use crate::service::Service;
use crate::wire::{self, Calls, Log, Shared};

/// A Parameter Store on loopback, which runs until it is dropped.
///
/// It runs on a thread of its own, so it outlives the async runtimes that come and go around it,
/// and neither starting nor dropping it needs one.
///
/// ```
/// use stage_config_local::{LocalStore, Parameter};
///
/// let store = LocalStore::start([
///     Parameter::secure_string("/stripeSecretKey/test", "sk_test_1").description("Stripe, test mode"),
///     Parameter::string("/limit", "5"),
///     Parameter::string_list("/hosts", "a,b"),
/// ])?;
/// assert!(store.url().starts_with("http://127.0.0.1:"));
///
/// store.put(Parameter::string("/limit", "6"))?;
/// store.label("/limit", 1, "blue")?;
/// assert_eq!(store.arn("/limit"), "arn:aws:ssm:us-east-1:111122223333:parameter/limit");
/// assert_eq!(store.calls().total(), 0);
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
    /// Where one name comes twice, the later is a new version of the earlier.
    ///
    /// # Errors
    /// A parameter is refused by the service's rules, or the store cannot be run.
    pub fn start(parameters: impl IntoIterator<Item = Parameter>) -> Result<Self, StartError> {
        Self::start_on(0, parameters)
    }

    /// The same on a port of one's own choice; 0 stands for a free one. The address is always that
    /// of loopback: this is nothing to be reached from elsewhere.
    ///
    /// # Errors
    /// The port is taken, a parameter is refused, or the store cannot be run.
    pub fn start_on(
        port: u16,
        parameters: impl IntoIterator<Item = Parameter>,
    ) -> Result<Self, StartError> {
        let faults = Arc::<Faults>::default();
        let service = Service::new(Arc::clone(&faults));
        for parameter in parameters {
            service.put(parameter)?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|source| StartError::Port { port, source })?;
        let shared = Arc::new(Shared { service, faults, log: Log::default() });
        Self::run(listener, shared).map_err(StartError::Run)
    }

    fn run(listener: TcpListener, shared: Arc<Shared>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&shared);
        let serve = move || {
            runtime.block_on(async {
                if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                    wire::serve(listener, serving, stopped).await;
                }
            });
        };
        let thread = thread::Builder::new().name("stage-config-local".to_owned()).spawn(serve)?;
        Ok(Self { address, shared, running: Some((stop, thread)) })
    }

    /// What to point a client at, in `AWS_ENDPOINT_URL_SSM` for instance.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client that reads from it, for [`Loader::client`] for instance. Needs the feature `client`.
    ///
    /// It knows nothing of the environment. Its type is that of the program's own `aws-sdk-ssm`, as
    /// long as that is a version 1 from 1.133 on.
    ///
    /// ```
    /// use stage_config_local::{LocalStore, Parameter};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let store = LocalStore::start([Parameter::string("/limit", "5")])?;
    /// let reply = store.client().get_parameter().name("/limit").send().await?;
    /// assert_eq!(reply.parameter().and_then(|it| it.value()), Some("5"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Loader::client`]: https://docs.rs/stage-config/latest/stage_config/struct.Loader.html#method.client
    #[cfg(feature = "client")]
    pub fn client(&self) -> aws_sdk_ssm::Client {
        use aws_sdk_ssm::config::{BehaviorVersion, Config, Credentials, Region};

        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(account::REGION))
            .endpoint_url(self.url())
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            // Without TLS, which would need certificates, and without a proxy.
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        aws_sdk_ssm::Client::from_conf(config)
    }

    /// Puts a parameter, or a secret, there. If it exists, this is a new version of it.
    ///
    /// # Errors
    /// What the service would answer, had it been asked to overwrite: the type of a parameter
    /// cannot change, for instance.
    pub fn put(&self, parameter: Parameter) -> Result<(), Refused> {
        self.shared.service.put(parameter)
    }

    /// Gives a version, which counts from 1, a label; another that had it loses it.
    ///
    /// # Errors
    /// What the service would answer: no such parameter, or no such version.
    pub fn label(&self, name: &str, version: u32, label: &str) -> Result<(), Refused> {
        self.shared.service.label(name, version, label)
    }

    /// The full ARN of a parameter, which need not exist. Of a name below
    /// `/aws/reference/secretsmanager/` it is the secret's, as in a reply.
    pub fn arn(&self, name: &str) -> String {
        match name.strip_prefix(SECRETS) {
            Some(secret) => account::secret_arn(secret),
            None => account::arn(name),
        }
    }

    /// What was asked since the start or the last [`reset_calls`](Self::reset_calls). A request is
    /// here before it is answered, and also if it never is.
    pub fn calls(&self) -> Calls {
        self.shared.log.so_far()
    }

    /// Begins to count anew.
    pub fn reset_calls(&self) {
        self.shared.log.clear();
    }

    /// What is to go wrong.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }
}

impl fmt::Debug for LocalStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalStore").field("url", &self.url()).finish_non_exhaustive()
    }
}

/// Stops it, and closes all its connections.
impl Drop for LocalStore {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}

/// Why a store could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A parameter is refused.
    #[error(transparent)]
    Parameter(#[from] Refused),
    /// The port cannot be listened on.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Port {
        /// The port, 0 for a free one.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The thread or its runtime cannot be created.
    #[error("cannot run the store: {0}")]
    Run(#[source] io::Error),
}
