//! What a role needs.

use std::collections::BTreeMap;

use stage_config_names::Name;

use crate::description::Deployment;

/// What one or more actions are allowed on.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) id: &'static str,
    pub(super) action: &'static str,
    pub(super) resources: Vec<Arn>,
}

/// Where the parameters are, as far as that is known.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) partition: Option<String>,
    pub(super) region: Option<String>,
    pub(super) account: Option<String>,
}

/// An ARN in parts, because each format has its own placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arn(pub(super) Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Partition,
    Region,
    Account,
}

const ONE: (&str, &str) = ("ReadParameter", "ssm:GetParameter");
const MANY: (&str, &str) = ("ReadParameters", "ssm:GetParameters");
const SECRETS: &str = "ReadSecrets";
const KEYS: &str = "DecryptParameters";

/// The statements for all of them together.
pub(super) fn statements(
    deployments: &[Deployment<'_>],
    place: &Place,
    keys: &[String],
) -> Vec<Statement> {
    // In this order.
    let mut allowed: BTreeMap<_, Vec<Arn>> = BTreeMap::new();
    let mut allow = |order: u8, id, action, resource| {
        let resources = allowed.entry((order, id, action)).or_default();
        if !resources.contains(&resource) {
            resources.push(resource);
        }
    };
    for deployment in deployments {
        let (paths, names) = requested(deployment);
        // As the loader does: a single name is requested by a call of its own.
        let (id, action) = if names.len() == 1 { ONE } else { MANY };
        for (name, may_be_absent) in names {
            allow(0, id, action, place.parameter(name));
            let Some(secret) = place.secret(name) else { continue };
            if may_be_absent {
                // The other call does not tell an absent secret from a denied one.
                allow(0, ONE.0, ONE.1, place.parameter(name));
            }
            allow(2, SECRETS, "secretsmanager:GetSecretValue", secret);
        }
        for (path, _) in paths {
            allow(1, "ReadPaths", "ssm:GetParametersByPath", place.parameter(path));
        }
    }
    if !allowed.is_empty() {
        for key in keys {
            let key = match key.strip_prefix("arn:") {
                Some(_) => Arn(vec![Part::Text(key.clone())]),
                None => place.arn("kms", &format!("key/{key}")),
            };
            allowed.entry((3, KEYS, "kms:Decrypt")).or_default().push(key);
        }
    }
    let statements = allowed.into_iter();
    statements.map(|((_, id, action), resources)| Statement { id, action, resources }).collect()
}

/// A name, and whether it is no error for any field if it is absent.
type Requested<'a> = (&'a Name, bool);

/// The paths and the names that a load requests, each once.
fn requested<'a>(deployment: &'a Deployment<'_>) -> (Vec<Requested<'a>>, Vec<Requested<'a>>) {
    let (mut paths, mut names) = (Vec::new(), Vec::new());
    for parameter in &deployment.parameters {
        let list: &mut Vec<Requested<'_>> =
            if parameter.is_path() { &mut paths } else { &mut names };
        for (index, name) in parameter.names.iter().enumerate() {
            let has_fallback = index + 1 < parameter.names.len();
            let may_be_absent = has_fallback || !parameter.is_required();
            match list.iter_mut().find(|(other, _)| *other == name) {
                Some((_, known)) => *known &= may_be_absent,
                None => list.push((name, may_be_absent)),
            }
        }
    }
    (paths, names)
}

impl Place {
    /// That of a parameter or a path, without a selector.
    fn parameter(&self, name: &Name) -> Arn {
        let parsed = name.parse().ok();
        let path = parsed.map_or(name.as_str(), |it| it.path());
        let resource = format!("parameter/{}", path.trim_start_matches('/'));
        if let Some(arn) = parsed.and_then(|it| it.arn()) {
            let (partition, region, account) = (arn.partition(), arn.region(), arn.account());
            let whole = format!("arn:{partition}:ssm:{region}:{account}:{resource}");
            return Arn(vec![Part::Text(whole)]);
        }
        if path.starts_with("/aws/service/") {
            // A public parameter is in no account.
            let mut arn = self.arn("ssm", &resource);
            arn.0[5] = Part::Text(String::new());
            return arn;
        }
        self.arn("ssm", &resource)
    }

    /// That of a secret in Secrets Manager, which adds six characters to each name.
    fn secret(&self, name: &Name) -> Option<Arn> {
        let path = name.parse().ok().map_or(name.as_str(), |it| it.path());
        let own = Name::from(path);
        own.is_secret().then(|| self.arn("secretsmanager", &format!("secret:{}-??????", own.own())))
    }

    fn arn(&self, service: &str, resource: &str) -> Arn {
        let text = |text: &str| Part::Text(text.to_owned());
        let known = |known: &Option<String>, part| known.clone().map_or(part, Part::Text);
        Arn(vec![
            text("arn:"),
            known(&self.partition, Part::Partition),
            text(&format!(":{service}:")),
            known(&self.region, Part::Region),
            text(":"),
            known(&self.account, Part::Account),
            text(&format!(":{resource}")),
        ])
    }
}

impl Arn {
    /// With placeholders for what is not known.
    pub(super) fn show(&self, partition: &str, region: &str, account: &str) -> String {
        let show = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Partition => partition.to_owned(),
            Part::Region => region.to_owned(),
            Part::Account => account.to_owned(),
        };
        self.0.iter().map(show).collect()
    }

    pub(super) fn has(&self, part: &Part) -> bool {
        self.0.contains(part)
    }

    /// Whether it has no placeholder.
    pub(super) fn is_known(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }
}
