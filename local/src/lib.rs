//! A local AWS Parameter Store on loopback, for examples, tests, benchmarks and work without an AWS
//! account.
//!
//! It speaks the wire protocol of the service, so any AWS SDK reads from it if
//! `AWS_ENDPOINT_URL_SSM` is its URL. It enforces the rules of the service, fails on request, and
//! counts calls.
//!
//! ```
//! use stage_config_local::{LocalStore, On, Parameter};
//!
//! let store = LocalStore::start([
//!     Parameter::secure_string("/stripeSecretKey/test", "sk_test_1"),
//!     Parameter::string("/limit", "5"),
//! ])?;
//! store.script([
//!     On::call("GetParameters").first(1).fail(),
//!     On::call("GetParameters").name("/stripeSecretKey/test").deny(),
//! ]);
//!
//! // … the program under test reads from `store.url()` …
//!
//! assert_eq!(store.calls().of("GetParameters"), 0);
//! # Ok::<(), stage_config_local::StartError>(())
//! ```
//!
//! From a shell, in a checkout of the repository, with the parameters in a TOML file (see
//! [`from_toml`]):
//!
//! ```text
//! $ cargo install --path local
//! $ stage-config-local parameters.toml -- cargo lambda watch
//! ```
//!
//! This runs the command with endpoint, region and credentials in its environment, so that AWS SDKs
//! use the store. The program ends when the command does, and with its exit status. After a signal,
//! this is 128 and the number of the signal, as in a shell. Without a command, the program prints
//! the lines that set this environment in a shell, and serves until Ctrl-C.
//!
//! To see what a program does when Parameter Store fails, write a script (see [`faults_from_toml`]),
//! here one that throttles the first three calls and never answers the fourth:
//!
//! ```toml
//! [[fault]]
//! on = { first = 3 }
//! reply = { error = { code = "ThrottlingException", message = "Rate exceeded" } }
//!
//! [[fault]]
//! on = { first = 1 }
//! ending = { stall = "start" }
//! ```
//!
//! ```text
//! $ stage-config-local --faults script.toml parameters.toml -- cargo run
//! ```
//!
//! # Features
//!
//! `client` adds `LocalStore::client`, an `aws_sdk_ssm::Client` that reads from the store. Without
//! it, no crate of the AWS SDK is built.
//!
//! # Operations
//!
//! | what for | operations |
//! |---|---|
//! | read | `GetParameter`, `GetParameters`, `GetParametersByPath`, `GetParameterHistory` |
//! | describe | `DescribeParameters`, with all its filters |
//! | write | `PutParameter`, `DeleteParameter`, `DeleteParameters` |
//! | label | `LabelParameterVersion`, `UnlabelParameterVersion` |
//! | tag | `AddTagsToResource`, `RemoveTagsFromResource`, `ListTagsForResource` |
//! | of STS | `GetCallerIdentity`, at the same address |
//!
//! Other operations are an `UnknownOperationException`. The store listens on 127.0.0.1 only, encrypts
//! nothing and writes no files. It ignores the allowed patterns of parameters, and `Shared` of
//! `DescribeParameters`. The policies of an advanced parameter are checked and returned, but nothing
//! expires.
//!
//! It accepts any credentials. By default, its account is 111122223333 and its region us-east-1; a
//! [`Builder`] sets others. A request that is signed for another region is answered from that
//! region, which is empty unless a request or an ARN [puts a parameter](LocalStore::put) there.
//!
//! Everything is allowed until an IAM policy is attached with [`LocalStore::policy`], or with
//! `--policy`: then only what policies allow is allowed.
//!
//! Secrets of Secrets Manager ([`Parameter::secret`]) have the name by which Parameter Store reads
//! them: `/aws/reference/secretsmanager/NAME`, optionally with a version id or staging label after
//! a colon. They can be read by `GetParameter` and `GetParameters`, and only with decryption. No
//! parameter exists under `/aws/service/`.
//!
//! # Modules
//!
//! | module | content |
//! |---|---|
//! | `location`, `error` | accounts, regions and ARNs; the service's errors |
//! | `calls` | [`Calls`]: the log of requests |
//! | `faults` | [`On`], [`Fault`]: scripted failures, also from a TOML file |
//! | `parameter`, `storage` | [`Parameter`]; what is stored: versions, labels and secrets |
//! | `iam` | policies: what the caller may do |
//! | `service` | the operations, one file for each group, and the rules of the service |
//! | `wire` | HTTP: a request in, and an answer out, whole or as a fault leaves it |
//! | `store` | [`LocalStore`]: a running store, on its own thread; [`Builder`] starts it |
//! | `file` | parameters from a TOML file |
//! | `command` | a command that runs beside the store |
//! | `main` | the program |

mod calls;
mod command;
mod error;
mod faults;
mod file;
mod iam;
mod location;
mod parameter;
mod service;
mod storage;
mod store;
mod wire;

pub use calls::{Call, Calls};
pub use error::{Refused, ServiceError};
pub use faults::{At, Fault, On, faults_from_toml};
pub use file::{TomlError, from_toml};
pub use iam::PolicyError;
pub use parameter::Parameter;
pub use store::{Builder, LocalStore, StartError};
