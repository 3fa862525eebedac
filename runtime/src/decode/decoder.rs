//! Decodes one struct of a load: its fields by row, and the problems that they meet.

use std::fmt::Display;

use stage_config_names::{Name, NameKind};

use crate::environment::Environment;
use crate::error::remedy::Remedy;
use crate::error::{Problem, ProblemKind, Subject};
use crate::escape::one_line;
use crate::schema::requested::RowNames;
use crate::schema::scope::Scope;
use crate::schema::stage::Stage;
use crate::schema::table::Field;
use crate::source::{Answer, Answers};

/// Decodes the fields of one struct from the answers of a load.
pub struct Decoder<'a> {
    scope: Scope<'a>,
    rows: &'a [RowNames],
    pub(crate) stage: &'a Stage,
    pub(crate) answers: &'a Answers,
    /// `None`: fields that read a variable are left out, which is not a problem.
    pub(crate) environment: Option<&'a Environment>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Decoder<'a> {
    /// Decodes a struct, and notes its problems in `problems`.
    pub(crate) fn new(
        scope: Scope<'a>,
        rows: &'a [RowNames],
        stage: &'a Stage,
        answers: &'a Answers,
        environment: Option<&'a Environment>,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self { scope, rows, stage, answers, environment, problems }
    }

    /// Decodes the nested struct in row `index` of the table.
    pub(crate) fn nested(&mut self, index: usize) -> Decoder<'_> {
        let scope = self.scope.nested(self.row(index));
        let scope = scope.expect("the derive calls this for nested structs only");
        let rows = self.rows.get(index).map_or(&[][..], RowNames::nested);
        Decoder { scope, rows, problems: self.problems, ..*self }
    }

    pub(crate) fn row(&self, index: usize) -> &'static Field {
        &self.scope.table.fields[index]
    }

    /// The kind and the names of what a row reads from Parameter Store.
    pub(crate) fn names(&self, index: usize) -> Option<(NameKind, &'a [Name])> {
        match self.rows.get(index) {
            Some(RowNames::Names(kind, names)) => Some((*kind, names)),
            _ => None,
        }
    }

    /// The environment variable that holds the stage.
    pub(crate) fn variable_of_stage(&self) -> &'static str {
        let mut scope = &self.scope;
        while let Some((outer, _)) = scope.outer {
            scope = outer;
        }
        scope.table.variable.unwrap_or("stage")
    }

    /// Whether the struct has parameters and none of them exists.
    pub(crate) fn none_exists(&self) -> bool {
        let (mut has_any, mut exists) = (false, false);
        RowNames::visit(self.rows, &mut |kind, names| {
            has_any = true;
            exists |= match kind {
                NameKind::Path => names.iter().any(|name| {
                    !matches!(self.answers.get_path(name), Some(Ok(entries)) if entries.is_empty())
                }),
                _ => self.answers.first(names).is_some(),
            };
        });
        has_any && !exists
    }

    /// Adds to the missing parameters of this struct that others of it exist, so that it is not
    /// `None`.
    pub(crate) fn explain_part(&mut self) {
        let path = self.scope.path();
        self.problems.iter_mut().for_each(|problem| problem.is_in_part(&path));
    }

    /// Returns the declared stage that was chosen; empty if the struct declares none.
    pub fn chosen(&mut self) -> &'static str {
        self.stage.chosen()
    }

    /// Notes that the field in row `index` of the table has no value at this stage. It never happens:
    /// every struct of a load declares its stage.
    pub fn undeclared<T>(&mut self, index: usize) -> Option<T> {
        let what = format!(
            "has no value for stage `{}`, which `{}` does not declare",
            self.stage.chosen(),
            self.scope.table.config
        );
        let path = Some(self.scope.path_of(self.row(index)));
        self.problems.push(Problem::new(ProblemKind::Stage, path, None, self.stage, what));
        None
    }

    /// Notes the error of the struct's `validate` function.
    pub fn validate<E: Display>(&mut self, result: Result<(), E>) -> Option<()> {
        let Err(error) = result else { return Some(()) };
        let path = Some(self.scope.path()).filter(|path| !path.is_empty());
        let error = one_line(&error.to_string());
        let what = format!("`{}` is not valid: {error}", self.scope.table.config);
        self.problems.push(Problem::new(ProblemKind::Invalid, path, None, self.stage, what));
        None
    }

    /// Notes a problem of a field.
    pub(crate) fn report(
        &mut self,
        kind: ProblemKind,
        field: &'static Field,
        subject: Subject,
        what: String,
        remedies: impl IntoIterator<Item = Remedy>,
    ) {
        let path = Some(self.scope.path_of(field));
        let problem = Problem::new(kind, path, Some(subject), self.stage, what);
        problem.with(remedies).note(self.problems);
    }

    /// Notes the problem of a field for which there is no text; `answer` says why.
    pub(crate) fn report_failure(
        &mut self,
        field: &'static Field,
        subject: Subject,
        answer: &Answer,
    ) {
        let (kind, what, remedy) = match answer {
            Answer::Denied(denial) => {
                let (action, resource) = (denial.action(), denial.resource());
                let what = format!("is denied: the role needs `{action}` on `{resource}`");
                let more = denial.details().map(|it| format!(" ({it})")).unwrap_or_default();
                // An explicit deny outweighs whatever another policy allows.
                let allow = (!more.contains("explicit deny")).then(|| one_line(action));
                (ProblemKind::Denied, what + &more, allow.map(Remedy::Allow))
            }
            Answer::Failed { transient, reason } => {
                let kind =
                    if *transient { ProblemKind::Unavailable } else { ProblemKind::Unreadable };
                (kind, format!("cannot be read: {reason}"), None)
            }
            Answer::Found { .. } | Answer::Missing => {
                let what = format!("does not exist{}", self.answers.in_location());
                (ProblemKind::Missing, what, None)
            }
        };
        self.report(kind, field, subject, one_line(&what), remedy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StageConfig;

    #[derive(StageConfig)]
    #[stage_config(crate = crate)]
    #[expect(dead_code, reason = "only its table is used")]
    struct Config {
        #[value(dev = 1, prod = 2)]
        limit: u32,
    }

    #[derive(StageConfig)]
    #[stage_config(crate = crate, stages(dev, staging))]
    struct Foreign {}

    #[test]
    fn a_stage_that_is_not_declared_gets_no_value_of_another() {
        let (stage, _) = Stage::named(Foreign::PARAMETERS, "staging").unwrap();
        let (scope, answers) = (Scope::new(Config::PARAMETERS), Answers::new());
        let mut problems = Vec::new();
        let mut decoder = Decoder::new(scope, &[], &stage, &answers, None, &mut problems);
        assert!(Config::__assemble(&mut decoder).is_none());
        let [problem] = &*problems else { panic!("one problem") };
        assert_eq!(problem.kind(), ProblemKind::Stage);
        assert_eq!(problem.fields(), ["limit"]);
        let said = "limit: has no value for stage `staging`, which `Config` does not declare";
        assert_eq!(problem.to_string(), said);
    }
}
