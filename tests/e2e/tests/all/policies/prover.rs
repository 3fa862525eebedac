//! Loads a struct under the policy that the program prints, and under all that is one right less.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use stage_config::schema::{NameKind, RequestedName};
use stage_config::{LoadError, ProblemKind, StageConfig};
use stage_config_e2e::example;
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::LocalStore;

use crate::source;

/// Before the name of a secret that Parameter Store reads.
const SECRETS: &str = "/aws/reference/secretsmanager/";
pub(super) const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

pub(super) fn target() -> &'static Path {
    Path::new(FOLDER).parent().expect("it is a folder in `target`")
}

/// What the program prints.
pub(super) fn policy(artifact: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(example::build_program(target()));
    program.args(["policy", "--artifact"]).arg(artifact).args(arguments);
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The description of a struct in a file.
pub(super) fn described<T: StageConfig>() -> PathBuf {
    let path = Path::new(FOLDER).join(format!("policies-{}.description", T::PARAMETERS.config()));
    fs::write(&path, T::PARAMETERS.to_json()).unwrap();
    path
}

/// One resource of one statement.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Right<'a> {
    action: &'a str,
    resource: &'a str,
}

/// A load under the whole policy works. Without any of its rights, and without any of its statements,
/// the load fails with denials, and the error names the action and the resource of each right.
///
/// There are three exceptions, because a policy is for whatever exists in the account. The first two
/// are for a secret that may be absent, for which a policy has `GetParameter` and `GetParameters`: a
/// reply to `GetParameters` does not tell an absent secret from a denied one.
///
/// - Without `GetParameters`, the loader requests each name of the call by itself.
/// - Without `GetParameter`, nothing changes if the secret exists. If it is absent, the error says that
///   the loader cannot tell without `GetParameter`.
/// - If a preview stage has a parameter of its own, the one of the fallback is not needed. If the own one
///   is denied, the error does not name the one of the fallback.
pub(super) async fn prove<T: StageConfig>(
    store: &LocalStore,
    artifact: &Path,
    stage: &str,
    arguments: &[&str],
) {
    let here = ["--stage", stage, "--region", "us-east-1", "--partition", "aws"];
    let text = policy(artifact, &[&here, arguments].concat());
    let whole: Value = serde_json::from_str(&text).unwrap();
    let rights = rights(&whole);
    let what = format!("`{}` at `{stage}`", T::PARAMETERS.config());
    let names = Names::of::<T>(store, stage).await;

    let calls = match load::<T>(store, &whole, stage).await {
        Ok(calls) => calls,
        Err(error) => panic!("{what} under\n{text}\n{error}"),
    };
    let mut actions: Vec<_> = rights.iter().map(|right| right.action).collect();
    actions.dedup();
    let statements = actions.into_iter().map(|action| {
        rights.iter().copied().filter(|right| right.action == action).collect::<Vec<_>>()
    });
    for taken in rights.iter().map(|right| vec![*right]).chain(statements) {
        let left: Vec<_> = rights.iter().copied().filter(|right| !taken.contains(right)).collect();
        let is_denied = |right: &&Right<'_>| names.lacks(**right, &taken, &left);
        let denied: Vec<_> = taken.iter().filter(is_denied).collect();
        let without = format!("{what} without {}", list(&taken));
        let outcome = load::<T>(store, &document(&left), stage).await;
        if denied.is_empty() {
            let others = outcome.unwrap_or_else(|error| panic!("{without}:\n{error}"));
            let is_one_call = taken.iter().any(|right| right.action == "ssm:GetParameters");
            assert_eq!(others > calls, is_one_call, "{without}: {others} instead of {calls}");
            continue;
        }
        let Err(error) = outcome else { panic!("{without}, it loads") };
        for problem in error.problems() {
            let is_absent = || problem.parameter().is_some_and(|name| names.is_absent(name));
            let expected = problem.kind() == ProblemKind::Denied || is_absent();
            assert!(expected, "{without}:\n{error}");
        }
        for right in denied {
            assert!(right.is_named(&error), "{without}:\n{error}");
        }
    }
}

/// What a load requests.
struct Names(Vec<(RequestedName, bool)>);

impl Names {
    /// Each with whether it exists. Paths exist.
    async fn of<T: StageConfig>(store: &LocalStore, stage: &str) -> Self {
        store.clear_policies();
        let client = store.client();
        let mut names = Vec::new();
        for requested in T::PARAMETERS.asked_at(stage).unwrap() {
            let name = requested.name().as_str();
            let reply = client.get_parameter().name(name).with_decryption(true).send().await;
            let exists = requested.kind() == NameKind::Path || reply.is_ok();
            names.push((requested, exists));
        }
        Self(names)
    }

    fn is_absent(&self, name: &str) -> bool {
        self.0.iter().any(|(other, exists)| !exists && other.name().as_str() == name)
    }

    /// Whether the load fails because of this right if all of these are taken and these are left.
    fn lacks(&self, right: Right<'_>, taken: &[Right<'_>], left: &[Right<'_>]) -> bool {
        if right.action == "kms:Decrypt" {
            return true;
        }
        let may = |action| left.contains(&Right { action, ..right });
        (0..self.0.len()).any(|index| {
            let (name, exists) = &self.0[index];
            let may_otherwise = match right.action {
                "ssm:GetParameters" => may("ssm:GetParameter"),
                "ssm:GetParameter" => may("ssm:GetParameters") && *exists,
                _ => false,
            };
            right.is_for(name) && !may_otherwise && self.is_reached(index, taken)
        })
    }

    /// Whether a field has no name before this one that exists or is denied.
    fn is_reached(&self, index: usize, taken: &[Right<'_>]) -> bool {
        let (name, before) = (&self.0[index].0, &self.0[..index]);
        let is_decided = |field: &String| {
            before.iter().any(|(other, exists)| {
                let is_denied = || taken.iter().any(|right| right.is_for(other));
                other.fields().contains(field) && (*exists || is_denied())
            })
        };
        name.kind() == NameKind::Path || !name.fields().iter().all(is_decided)
    }
}

/// The number of calls of a load under the policy.
async fn load<T: StageConfig>(
    store: &LocalStore,
    policy: &Value,
    stage: &str,
) -> Result<usize, LoadError> {
    store.clear_policies();
    store.policy(&policy.to_string()).unwrap();
    store.reset_calls();
    let client = Remote::new(&store.url(), &Key::root());
    let loader = T::loader().stage(stage).env([("TABLE_NAME", "orders")]);
    loader.source(source(&client)).load().await.map(|_| store.calls().total())
}

fn rights(policy: &Value) -> Vec<Right<'_>> {
    let statements = policy["Statement"].as_array().unwrap();
    let each = statements.iter().flat_map(|statement| {
        assert_eq!(statement["Effect"], "Allow");
        let action = statement["Action"].as_str().unwrap();
        let resources = statement["Resource"].as_array().unwrap().iter();
        resources.map(move |resource| Right { action, resource: resource.as_str().unwrap() })
    });
    each.collect()
}

/// A policy with these rights. A policy needs at least one statement.
fn document(rights: &[Right<'_>]) -> Value {
    let nothing = Right { action: "sts:GetCallerIdentity", resource: "*" };
    let statements = rights.iter().chain([&nothing]).map(|Right { action, resource }| {
        json!({ "Effect": "Allow", "Action": action, "Resource": resource })
    });
    json!({ "Version": "2012-10-17", "Statement": statements.collect::<Vec<_>>() })
}

fn list(rights: &[Right<'_>]) -> String {
    let each =
        rights.iter().map(|Right { action, resource }| format!("`{action}` on `{resource}`"));
    each.collect::<Vec<_>>().join(", ")
}

impl Right<'_> {
    /// Whether it is for this name, with any selector.
    fn is_for(self, name: &RequestedName) -> bool {
        let path = name.name().parse().map_or(name.name().as_str(), |it| it.path());
        if self.action == "secretsmanager:GetSecretValue" {
            let own = path.strip_prefix(SECRETS);
            return own
                .is_some_and(|own| self.resource.ends_with(&format!(":secret:{own}-??????")));
        }
        self.resource.ends_with(&format!(":parameter/{}", path.trim_start_matches('/')))
    }

    /// Whether an error names it.
    fn is_named(self, error: &LoadError) -> bool {
        let Self { action, resource } = self;
        let error = error.to_string();
        // The service adds six characters to the name of a secret.
        let denial = format!("`{action}` on `{}", resource.trim_end_matches('?'));
        let with = format!("to a role with `{action}`");
        let cannot_tell = |own: &str| {
            let expected = [&format!("`{own}`"), "Parameter Store does not say", &with];
            expected.iter().all(|text| error.contains(*text))
        };
        let secret = resource.split_once(SECRETS);
        error.contains(&denial) || secret.is_some_and(|(_, own)| cannot_tell(own))
    }
}
