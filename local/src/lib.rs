//! AWS Parameter Store in one process, on loopback: for examples, tests, benchmarks, and work
//! without an AWS account.
//!
//! It speaks the service's wire protocol, so any AWS SDK reads from it once `AWS_ENDPOINT_URL_SSM`
//! points there. It keeps the service's rules, goes wrong on request, and counts what it is asked.
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
//! From a shell, with the parameters in a TOML file (see [`from_toml`]):
//!
//! ```text
//! $ cargo install stage-config-local
//! $ stage-config-local parameters.toml -- cargo lambda watch
//! ```
//!
//! This runs the command with the AWS SDKs pointed at the store by its environment: endpoint, region
//! and credentials. The program ends when the command does, with the same exit status (128 and the
//! number of the signal that ended it, as in a shell). Without a command, it prints the lines that
//! set this environment in a shell, and serves until Ctrl-C.
//!
//! # Features
//!
//! `client` brings `LocalStore::client`, an `aws_sdk_ssm::Client` that reads from the store. Without
//! it, nothing of the AWS SDK is built.
//!
//! # What is served
//!
//! `GetParameter`, `GetParameters`, `GetParametersByPath`, `PutParameter`, `DeleteParameter`,
//! `DescribeParameters` and `LabelParameterVersion`; anything else is an
//! `UnknownOperationException`. Signatures are not looked at: any credentials and any region will
//! do. The parameters are those of account 111122223333 in us-east-1. Nothing is stored on disk,
//! nothing is encrypted, and nothing but 127.0.0.1 is listened on.
//!
//! The secrets of Secrets Manager ([`Parameter::secret`]) are read as Parameter Store reads them:
//! `/aws/reference/secretsmanager/NAME`, with a version id or staging label behind a colon if one
//! is wanted, by `GetParameter` and `GetParameters`, and with decryption only. What is below
//! `/aws/service/` can be asked for, and is never there.
//!
//! # Modules
//!
//! | module | what it knows |
//! |---|---|
//! | `parameter`, `file` | [`Parameter`]: what the store starts with; parameters from a TOML file |
//! | `account`, `error` | the account and region that the store claims; the service's errors |
//! | `storage` | parameters with their versions and labels, and secrets |
//! | `service` | the operations, one a file, and the service's rules |
//! | `faults` | [`On`], [`Fault`]: what goes wrong on request |
//! | `wire` | HTTP, and [`Calls`]: the log of requests |
//! | `store` | [`LocalStore`]: a running store, on its own thread |
//! | `program` | the program, and the command that it runs beside the store |

mod account;
mod error;
mod faults;
mod file;
mod parameter;
mod service;
mod storage;
mod store;
mod wire;

pub use error::{Refused, ServiceError};
pub use faults::{At, Fault, On};
pub use file::{TomlError, from_toml};
pub use parameter::Parameter;
pub use store::{LocalStore, StartError};
pub use wire::{Call, Calls};
