//! The description as JSON. Its shape is documented at `ParameterTable::to_json`.

use serde::{Serialize, Serializer};
use stage_config_names::{is_template, render};

use super::Row;
use crate::schema::parameter::Parameter;
use crate::schema::table::{Kind, ParameterTable};

/// The key for all stages, if none is declared.
const ANY_STAGE: &str = "*";

pub(super) fn write(table: &ParameterTable) -> String {
    let mut json = serde_json::to_string_pretty(&Described::of(table))
        .expect("text, lists and objects with keys of text can be written");
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Described {
    config: &'static str,
    stages: Vec<Stage>,
    fallback: Option<&'static str>,
    allow_near_misses: bool,
    variables: Vec<&'static str>,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Stage {
    name: &'static str,
    aliases: Vec<&'static str>,
    accounts: Vec<&'static str>,
}

#[derive(Serialize)]
struct Field {
    path: String,
    doc: Option<String>,
    kind: &'static str,
    variable: Option<&'static str>,
    names: Option<Names>,
    json_key: Option<&'static str>,
    r#type: &'static str,
    reads: Option<String>,
    required: bool,
    optional_struct: Option<String>,
    default: Option<&'static str>,
    secret: bool,
}

/// By declared stage, in the order of their declaration.
struct Names(Vec<(&'static str, AtStage)>);

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(stage, name)| (stage, name)))
    }
}

#[derive(Serialize)]
struct AtStage {
    name: String,
    requested: String,
    template: Option<String>,
}

impl Described {
    fn of(table: &ParameterTable) -> Self {
        let stage = |name: &&'static str| Stage {
            name,
            aliases: table.stages.aliases(name).collect(),
            accounts: table.stages.accounts(name).collect(),
        };
        let fields = table.rows().into_iter();
        Self {
            config: table.config,
            stages: table.stages.declared().iter().map(stage).collect(),
            fallback: table.stages.fallback(),
            allow_near_misses: table.stages.allows_near_misses(),
            variables: table.variables(),
            fields: fields.map(|row| Field::of(row, table.stages.declared())).collect(),
        }
    }
}

impl Field {
    fn of(row: Row, stages: &[&'static str]) -> Self {
        let (kind, variable) = match row.field.kind {
            Kind::Ssm(_) => ("ssm", None),
            Kind::Secret(_) => ("secret", None),
            Kind::SsmPath(_) => ("ssm_path", None),
            Kind::Env(variable) => ("env", Some(variable)),
            Kind::Stage => ("stage", None),
            Kind::Value | Kind::Nested(..) => ("value", None),
        };
        Self {
            doc: row.doc(),
            kind,
            variable,
            names: row.parameter.as_ref().map(|parameter| Names::of(parameter, stages)),
            json_key: row.field.json_key,
            r#type: row.field.ty,
            reads: row.field.reads.is_known().then(|| row.field.reads.to_string()),
            required: row.required(),
            default: row.field.default,
            secret: row.field.secret,
            path: row.path,
            optional_struct: row.optional_struct,
        }
    }
}

impl Names {
    fn of(parameter: &Parameter, stages: &[&'static str]) -> Self {
        let stages = if stages.is_empty() { &[ANY_STAGE] } else { stages };
        let at_stage = |stage: &&'static str| {
            let (written, requested) = (parameter.written_at(stage)?, parameter.at(stage)?);
            let at_stage = AtStage {
                name: render(&written, stage).into_owned(),
                requested: requested.into_owned(),
                template: is_template(&written).then(|| written.into_owned()),
            };
            Some((*stage, at_stage))
        };
        Self(stages.iter().filter_map(at_stage).collect())
    }
}
