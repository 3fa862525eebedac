//! The rules of [`stage-config`]: which names Parameter Store accepts, and how the stage of a
//! deployment is chosen.
//!
//! The derive checks names at compile time, the runtime matches replies, and the local Parameter
//! Store checks requests with it. A check takes a `&str`, and returns a name, or a position and a
//! reason.
//!
//! | module | what it knows |
//! |---|---|
//! | [`ParameterName`] (`name.rs`) | a name as a reader of parameters may write it |
//! | [`Name`] (`owned.rs`) | a name that is passed around, and the key of its answer |
//! | [`Selector`] (`selector.rs`) | `:3`, `:label` after a name |
//! | [`Arn`] (`arn.rs`) | the full ARN of a parameter shared from another account |
//! | [`Account`] (`account.rs`) | the number of an AWS account |
//! | [`NameKind`] (`kind.rs`, `path.rs`) | names of parameters, of secrets, and paths |
//! | [`render`] (`template.rs`) | `{stage}` in a name |
//! | [`NameError`] (`error.rs`) | what is wrong with a name, and where |
//! | [`MAX_LENGTH`], … (`limits.rs`) | how much the service allows |
//! | [`StageRules`] (`stage.rs`) | which declared stage a deployment runs as, or why none |
//! | `description.rs` | how the program that loads a configuration describes it to tools |
//! | [`closest`], [`near_names`], [`one_edit_apart`] (`near.rs`) | did you mean |
//! | [`hash()`] (`hash.rs`) | a hash that constants can compute |
//!
//! [`stage-config`]: https://docs.rs/stage-config

mod account;
mod arn;
#[doc(hidden)]
pub mod description;
mod error;
mod hash;
mod kind;
mod limits;
mod name;
mod near;
mod owned;
mod path;
mod selector;
mod stage;
mod template;

pub use account::Account;
pub use arn::Arn;
pub use error::{NameError, Reason};
pub use hash::{EMPTY_HASH, hash, hash_rendered};
pub use kind::NameKind;
pub use limits::{MAX_LENGTH, MAX_LEVELS, MAX_NAMES, MAX_SECRET, SECRET_VERSION_ID};
pub use name::{ParameterName, SECRETS};
pub use near::{closest, near_names, one_edit_apart};
pub use owned::Name;
pub use selector::Selector;
pub use stage::{Choice, Refusal, StageRules, Why};
pub use template::{STAGE, is_template, may_be_in_names, outside_of_names, render};
