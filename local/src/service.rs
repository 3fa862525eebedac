//! The operations: our rules in front, the storage of `rustack` behind.
//!
//! The storage keeps versions, labels and tags, filters, pages, and checks sizes and patterns. It
//! knows names by their exact spelling only, has no secrets and no selectors in its replies.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustack_ssm_core::{config::SsmConfig, provider::RustackSsm};
use rustack_ssm_model::input::{
    DeleteParameterInput, DescribeParametersInput, GetParameterInput, GetParametersByPathInput,
    GetParametersInput, LabelParameterVersionInput, PutParameterInput,
};
use rustack_ssm_model::types::Parameter as Stored;
use serde::Serialize;
use serde::de::DeserializeOwned;
use stage_config_names::ParameterName;

use crate::error::{Refused, ServiceError};
use crate::faults::{Faults, PageFate};
use crate::operation::Operation;
use crate::pages::Place;
use crate::parameter::{Kind, Parameter, secret_name};
use crate::reply::{Batch, Described, Found, Labelled, One, Page, ciphertext};
use crate::secrets::{self, Secrets};
use crate::storage::{find, tier_of};
use crate::{place, rules};

const MOST_BY_PATH: i32 = 10;
const MOST_DESCRIBED: i32 = 50;
const DEFAULT_KEY: &str = "alias/aws/ssm";

pub(crate) struct Service {
    /// Locked for the whole of a change, which may take the storage more than one step.
    storage: Mutex<RustackSsm>,
    secrets: Mutex<Secrets>,
    faults: Arc<Faults>,
}

impl Service {
    pub(crate) fn new(faults: Arc<Faults>) -> Self {
        let config = SsmConfig {
            default_region: place::REGION.to_owned(),
            default_account_id: place::ACCOUNT.to_owned(),
            ..SsmConfig::default()
        };
        let storage = Mutex::new(RustackSsm::new(config));
        Self { storage, secrets: Mutex::default(), faults }
    }

    /// Answers a request with JSON.
    pub(crate) fn answer(&self, operation: Operation, body: &[u8]) -> Result<String, ServiceError> {
        match operation {
            Operation::GetParameter => json(&self.get_parameter(&input(body)?)?),
            Operation::GetParameters => json(&self.get_parameters(&input(body)?)?),
            Operation::GetParametersByPath => json(&self.get_parameters_by_path(input(body)?)?),
            Operation::PutParameter => json(&self.put_parameter(input(body)?)?),
            Operation::DeleteParameter => json(&self.delete_parameter(&input(body)?)?),
            Operation::DescribeParameters => json(&self.describe_parameters(&input(body)?)?),
            Operation::LabelParameterVersion => json(&self.label_parameter_version(input(body)?)?),
        }
    }

    fn get_parameter(&self, input: &GetParameterInput) -> Result<One, ServiceError> {
        let name = rules::readable(&input.name)?;
        let parameter = self.look_up(&name, input.with_decryption)?;
        Ok(One { parameter })
    }

    fn get_parameters(&self, input: &GetParametersInput) -> Result<Batch, ServiceError> {
        let (names, invalid_parameters) = rules::readable_all(&input.names)?;
        let mut batch = Batch { parameters: Vec::new(), invalid_parameters };
        for name in names {
            match self.look_up(&name, input.with_decryption) {
                Ok(found) => batch.parameters.push(found),
                Err(error) if error.fails_a_batch() => return Err(error),
                Err(_) => batch.invalid_parameters.push(name.to_string()),
            }
        }
        batch.invalid_parameters.sort();
        Ok(batch)
    }

    /// What is behind a name, which may be a secret's.
    fn look_up(
        &self,
        name: &ParameterName<'_>,
        with_decryption: Option<bool>,
    ) -> Result<Found, ServiceError> {
        if !name.is_secret_reference() {
            let stored = find(&self.storage(), name)?;
            return self.read(stored, name, with_decryption);
        }
        if with_decryption != Some(true) {
            return Err(secrets::not_decrypted());
        }
        self.faults.read_secret(secret_name(name.path()))?;
        self.secrets().find(name)
    }

    fn get_parameters_by_path(
        &self,
        mut input: GetParametersByPathInput,
    ) -> Result<Page<Found>, ServiceError> {
        rules::path(&input.path)?;
        rules::max_results(input.max_results, MOST_BY_PATH)?;
        rules::path_filters(&input.parameter_filters)?;
        let place = Place::of(&input)?;
        if self.faults.page(place.page)? == PageFate::Empty {
            let next_token = Some(place.next(place.token.as_deref()));
            return Ok(Page { parameters: Vec::new(), next_token });
        }
        input.next_token.clone_from(&place.token);
        let page = self.storage().handle_get_parameters_by_path(&input)?;
        let parameters = page.parameters.into_iter().map(|stored| {
            let name = stored.name.clone().unwrap_or_default();
            self.read(stored, &rules::readable(&name)?, input.with_decryption)
        });
        let next_token = page.next_token.map(|token| place.next(Some(&token)));
        Ok(Page { parameters: parameters.collect::<Result<_, _>>()?, next_token })
    }

    fn describe_parameters(
        &self,
        input: &DescribeParametersInput,
    ) -> Result<Page<Described>, ServiceError> {
        rules::max_results(input.max_results, MOST_DESCRIBED)?;
        let page = self.storage().handle_describe_parameters(input)?;
        let parameters = page.parameters.into_iter().map(Described::from).collect();
        Ok(Page { parameters, next_token: page.next_token })
    }

    fn put_parameter(&self, mut input: PutParameterInput) -> Result<impl Serialize, ServiceError> {
        let name = rules::creatable(&input.name)?;
        rules::data_type(input.data_type.as_deref())?;
        if input.overwrite == Some(true) && !input.tags.is_empty() {
            return Err(ServiceError::validation(
                "Invalid request: tags and overwrite can't be used together. To create a \
                 parameter with tags, please remove overwrite flag. To update tags for an \
                 existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
            ));
        }
        let storage = self.storage();
        let existing = find(&storage, &name).ok();
        let kind = match (&input.parameter_type, &existing) {
            (Some(asked), _) => asked.clone(),
            (None, Some(existing)) => existing.parameter_type.clone().unwrap_or_default(),
            (None, None) => {
                let message = "A parameter type is required when you create a parameter.";
                return Err(ServiceError::validation(message));
            }
        };
        rules::parameter_type(&kind)?;
        if kind != Kind::SecureString.as_str() {
            input.key_id = None;
        } else if existing.is_none() {
            input.key_id.get_or_insert_with(|| DEFAULT_KEY.to_owned());
        }
        let asked = input.tier.take();
        (input.name, input.tier) = match existing.and_then(|it| it.name) {
            Some(existing) => {
                let tier = rules::tier(asked, tier_of(&storage, &existing)?.as_deref())?;
                (existing, tier)
            }
            None => (name.path().to_owned(), asked),
        };
        input.parameter_type = Some(kind);
        Ok(storage.handle_put_parameter(input)?)
    }

    fn delete_parameter(
        &self,
        input: &DeleteParameterInput,
    ) -> Result<impl Serialize, ServiceError> {
        let name = rules::plain(&input.name)?;
        let storage = self.storage();
        let name = find(&storage, &name)?.name.unwrap_or_default();
        Ok(storage.handle_delete_parameter(&DeleteParameterInput { name })?)
    }

    fn label_parameter_version(
        &self,
        mut input: LabelParameterVersionInput,
    ) -> Result<Labelled, ServiceError> {
        let name = rules::plain(&input.name)?;
        rules::one_to_ten("labels", &input.labels)?;
        let storage = self.storage();
        input.name = find(&storage, &name)?.name.unwrap_or_default();
        let labelled = storage.handle_label_parameter_version(&input)?;
        Ok(Labelled {
            invalid_labels: labelled.invalid_labels,
            parameter_version: labelled.parameter_version,
        })
    }

    /// Puts a parameter from code, overwriting what is there.
    pub(crate) fn put(&self, parameter: Parameter) -> Result<(), Refused> {
        let name = parameter.name.clone();
        if parameter.kind == Kind::Secret {
            return self.secrets().put(parameter).map_err(|error| Refused::new(name, error));
        }
        let input = PutParameterInput {
            name: parameter.name,
            value: parameter.value,
            parameter_type: Some(parameter.kind.as_str().to_owned()),
            description: parameter.description,
            key_id: parameter.key_id,
            overwrite: Some(true),
            tier: Some("Intelligent-Tiering".to_owned()),
            ..PutParameterInput::default()
        };
        match self.put_parameter(input) {
            Ok(_) => Ok(()),
            Err(error) => Err(Refused::new(name, error)),
        }
    }

    /// Labels a version from code.
    pub(crate) fn label(&self, name: &str, version: u32, label: &str) -> Result<(), Refused> {
        let input = LabelParameterVersionInput {
            name: name.to_owned(),
            parameter_version: Some(version.into()),
            labels: vec![label.to_owned()],
        };
        let labelled = self.label_parameter_version(input);
        let because = match labelled.map(|it| it.invalid_labels.is_empty()) {
            Ok(true) => return Ok(()),
            Ok(false) => ServiceError::validation(format!("`{label}` cannot be a label")),
            Err(error) => error,
        };
        Err(Refused::new(name, because))
    }

    /// What is shown of a stored parameter to one who asked for it under this name.
    fn read(
        &self,
        mut stored: Stored,
        asked: &ParameterName<'_>,
        with_decryption: Option<bool>,
    ) -> Result<Found, ServiceError> {
        if asked.arn().is_none() {
            stored.name = Some(asked.path().to_owned());
        }
        if stored.parameter_type.as_deref() == Some(Kind::SecureString.as_str()) {
            if with_decryption != Some(true) {
                stored.value = Some(ciphertext(&stored));
            } else if !self.faults.decrypts(asked) {
                return Err(key_disabled());
            }
        }
        let selector = asked.selector().map(|selector| format!(":{selector}"));
        Ok(Found { stored, selector, source_result: None })
    }

    fn secrets(&self) -> MutexGuard<'_, Secrets> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn storage(&self) -> MutexGuard<'_, RustackSsm> {
        self.storage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// In the words of KMS, which the service passes on.
fn key_disabled() -> ServiceError {
    let message = format!(
        "arn:aws:kms:{}:{}:key/00000000-0000-4000-8000-000000000000 is disabled. (Service: AWSKMS; \
         Status Code: 400; Error Code: DisabledException)",
        place::REGION,
        place::ACCOUNT,
    );
    ServiceError::new("InvalidKeyId", message)
}

fn input<T: DeserializeOwned>(body: &[u8]) -> Result<T, ServiceError> {
    serde_json::from_slice(body).map_err(|error| {
        let text = error.to_string();
        let field = text.strip_prefix("missing field `").and_then(|it| it.split('`').next());
        match field {
            Some(field) => rules::missing(field),
            // The error's own text may quote a value.
            None => ServiceError::new(
                "SerializationException",
                format!("cannot be read at line {}, column {}", error.line(), error.column()),
            ),
        }
    })
}

fn json(reply: &impl Serialize) -> Result<String, ServiceError> {
    serde_json::to_string(reply)
        .map_err(|error| ServiceError::new("InternalServerError", error.to_string()))
}
