//! Every name that a load requests, for policies and checks.

use std::collections::HashMap;

use stage_config_names::{Name, NameKind};

use crate::schema::stage::{Stage, StageError};
use crate::schema::table::ParameterTable;

impl ParameterTable {
    /// Every name that a load requests at the stage of a deployment that is called `deployed`, in the
    /// order of the fields. Build policies and checks from it. For a preview stage, it includes the
    /// names of the fallback. An empty `deployed` means no stage, as in a load.
    ///
    /// ```
    /// use stage_config::{SecretString, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// #[stage_config(stages(dev, prod))]
    /// struct Config {
    ///     #[ssm("/orders/{stage}/limit")]
    ///     limit: u32,
    ///     #[secret(dev = "orders/test", prod = "orders/live")]
    ///     password: SecretString,
    /// }
    ///
    /// let asked = Config::PARAMETERS.asked_at("featureX")?;
    /// let names: Vec<_> = asked.iter().map(|asked| asked.name()).collect();
    /// let secret = "/aws/reference/secretsmanager/orders/test";
    /// assert_eq!(names, ["/orders/featureX/limit", "/orders/dev/limit", secret]);
    /// assert_eq!(asked[0].fields(), ["limit"]);
    /// assert!(asked[2].actions().contains(&"secretsmanager:GetSecretValue"));
    /// # Ok::<(), stage_config::StageError>(())
    /// ```
    ///
    /// # Errors
    /// The [`StageError`] of a load at this stage.
    pub fn asked_at(&self, deployed: &str) -> Result<Vec<RequestedName>, StageError> {
        let stage = Stage::named(self, deployed)?;
        let mut asked: Vec<RequestedName> = Vec::new();
        let mut places = HashMap::new();
        for parameter in self.parameters() {
            let of = parameter.of_what();
            for name in parameter.asked_at(stage.words()) {
                // A path and a parameter may have the same name.
                let key = (of == NameKind::Path, name.clone());
                let place = *places.entry(key).or_insert(asked.len());
                if place == asked.len() {
                    asked.push(RequestedName { name, of, fields: Vec::new() });
                }
                asked[place].fields.push(parameter.path().to_owned());
            }
        }
        Ok(asked)
    }
}

/// A name that a load requests; see [`ParameterTable::asked_at`].
#[derive(Debug, Clone)]
pub struct RequestedName {
    name: Name,
    of: NameKind,
    fields: Vec<String>,
}

impl RequestedName {
    /// The name or path that the loader requests from Parameter Store. For a secret, it is
    /// `/aws/reference/secretsmanager/` followed by the secret's own name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Whether it is a parameter, a secret or a path.
    pub fn kind(&self) -> NameKind {
        self.of
    }

    /// The fields that read it, by their whole paths: `database.url`.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The IAM actions that read it. A role needs only one of `ssm:GetParameter` and
    /// `ssm:GetParameters`. A parameter that is encrypted with your own key also needs `kms:Decrypt`
    /// on that key. See <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html>.
    pub fn actions(&self) -> &'static [&'static str] {
        match self.of {
            NameKind::Path => &["ssm:GetParametersByPath"],
            _ if self.name.is_secret() => {
                &["ssm:GetParameter", "ssm:GetParameters", "secretsmanager:GetSecretValue"]
            }
            _ => &["ssm:GetParameter", "ssm:GetParameters"],
        }
    }
}
