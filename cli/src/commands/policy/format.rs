//! How statements are written in each language.

use std::fmt::Write as _;

use clap::ValueEnum;
use serde::Serialize;

use super::statement::{Arn, Part, Statement};

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum Format {
    /// A policy document of IAM
    #[default]
    Json,
    /// `Policies` of a function in a template of SAM
    Sam,
    /// `provider` of the Serverless Framework
    Serverless,
    /// Data sources of Terraform
    Terraform,
    /// TypeScript for CDK
    Cdk,
}

impl Format {
    pub(super) fn print(self, statements: &[Statement]) -> String {
        match self {
            Self::Json => document(statements),
            Self::Sam => {
                let head = "Policies:\n  - Version: \"2012-10-17\"\n    Statement:\n";
                format!("{head}{}", yaml(statements, "      "))
            }
            Self::Serverless => {
                let head = "provider:\n  iam:\n    role:\n      statements:\n";
                format!("{head}{}", yaml(statements, "        "))
            }
            Self::Terraform => terraform(statements),
            Self::Cdk => cdk(statements),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    version: &'static str,
    statement: Vec<Allowed>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Allowed {
    sid: &'static str,
    effect: &'static str,
    action: &'static str,
    resource: Vec<String>,
}

fn document(statements: &[Statement]) -> String {
    let statements = statements.iter().map(|it| {
        let resources = it.resources.iter().map(|arn| arn.show("aws", "REGION", "ACCOUNT_ID"));
        Allowed { sid: it.id, effect: "Allow", action: it.action, resource: resources.collect() }
    });
    let document = Document { version: "2012-10-17", statement: statements.collect() };
    let json = serde_json::to_string_pretty(&document);
    json.expect("lists and texts can be written") + "\n"
}

/// For CloudFormation, which SAM and Serverless Framework write.
fn yaml(statements: &[Statement], indent: &str) -> String {
    let mut yaml = String::new();
    for Statement { id, action, resources } in statements {
        let _ = writeln!(yaml, "{indent}- Sid: {id}");
        let _ = writeln!(yaml, "{indent}  Effect: Allow");
        let _ = writeln!(yaml, "{indent}  Action: {action}");
        let _ = writeln!(yaml, "{indent}  Resource:");
        for arn in resources {
            let text = arn.show("${AWS::Partition}", "${AWS::Region}", "${AWS::AccountId}");
            let tag = if arn.is_known() { "" } else { "!Sub " };
            let _ = writeln!(yaml, "{indent}    - {tag}\"{text}\"");
        }
    }
    yaml
}

fn terraform(statements: &[Statement]) -> String {
    let mut text = String::new();
    let all = || statements.iter().flat_map(|it| &it.resources);
    for (part, source) in [
        (Part::Account, "aws_caller_identity"),
        (Part::Partition, "aws_partition"),
        (Part::Region, "aws_region"),
    ] {
        if all().any(|arn| arn.has(&part)) {
            let _ = writeln!(text, "data \"{source}\" \"current\" {{}}\n");
        }
    }
    text += "data \"aws_iam_policy_document\" \"parameters\" {\n";
    for (index, Statement { id, action, resources }) in statements.iter().enumerate() {
        let blank = if index > 0 { "\n" } else { "" };
        let _ = writeln!(text, "{blank}  statement {{\n    sid     = \"{id}\"");
        let _ = writeln!(text, "    actions = [\"{action}\"]\n    resources = [");
        for arn in resources {
            let arn = arn.show(
                "${data.aws_partition.current.partition}",
                "${data.aws_region.current.id}",
                "${data.aws_caller_identity.current.account_id}",
            );
            let _ = writeln!(text, "      \"{arn}\",");
        }
        text += "    ]\n  }\n";
    }
    text + "}\n"
}

fn cdk(statements: &[Statement]) -> String {
    let literal = |arn: &Arn| {
        let text = arn.show("${Aws.PARTITION}", "${Aws.REGION}", "${Aws.ACCOUNT_ID}");
        let quote = if arn.is_known() { '"' } else { '`' };
        format!("{quote}{text}{quote}")
    };
    let is_known = statements.iter().flat_map(|it| &it.resources).all(Arn::is_known);
    let aws = if is_known { "" } else { "Aws, " };
    let mut text = format!("import {{ {aws}aws_iam as iam }} from \"aws-cdk-lib\";\n\n");
    text += "// for (const statement of parameters) { handler.addToRolePolicy(statement); }\n";
    text += "export const parameters = [\n";
    for Statement { id, action, resources } in statements {
        let _ = writeln!(text, "  new iam.PolicyStatement({{\n    sid: \"{id}\",");
        let _ = writeln!(text, "    actions: [\"{action}\"],\n    resources: [");
        for arn in resources {
            let _ = writeln!(text, "      {},", literal(arn));
        }
        text += "    ],\n  }),\n";
    }
    text + "];\n"
}
