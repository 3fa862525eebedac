//! Whether a nested struct fits into the one around it, asked when both are compiled: only there
//! are the stages of both known, and the names with what is put in front of them.
//!
//! All of this is `const`, and what is wrong is the text of a compile error.

mod text;

use stage_config_names::{MAX_LENGTH, MAX_LEVELS, STAGE};

use crate::schema::table::{Field, Kind, Names, ParameterTable};

pub(crate) use self::text::Text;

/// The most characters of the name of a secret.
const MAX_SECRET: usize = 512;

/// What is wrong, if anything is.
#[derive(Debug)]
pub struct Fits(Option<Text>);

impl Fits {
    /// Whether the struct in row `row` of a table fits into it.
    pub const fn of(outer: &ParameterTable, row: usize) -> Self {
        let Kind::Nested(inner, prefix) = outer.fields[row].kind else { return Self(None) };
        if !agree(outer, inner) {
            return Self(Some(disagreement(outer, inner)));
        }
        // Its own names were checked at its own stages. If it has none, `{stage}` in them is that of
        // the outer one.
        if prefix.is_none() && !inner.stages.declared.is_empty() {
            return Self(None);
        }
        let mut stage = 0;
        loop {
            let name = match outer.stages.declared {
                [] => "",
                declared => declared[stage],
            };
            let below = Below { field: &outer.fields[row], prefix, outer: None };
            let found = below.check(inner, name);
            stage += 1;
            if found.is_some() || stage >= outer.stages.declared.len() {
                return Self(found);
            }
        }
    }

    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.0.is_none()
    }

    /// What is wrong.
    pub const fn text(&self) -> &str {
        match &self.0 {
            Some(text) => text.as_str(),
            None => "",
        }
    }
}

/// Whether both have the same stages, or the inner one none.
const fn agree(outer: &ParameterTable, inner: &ParameterTable) -> bool {
    let (outer, inner) = (outer.stages.declared, inner.stages.declared);
    inner.is_empty() || (has_all(outer, inner) && has_all(inner, outer))
}

const fn has_all(stages: &[&str], wanted: &[&str]) -> bool {
    let mut at = 0;
    while at < wanted.len() {
        let mut other = 0;
        while other < stages.len() && !same(stages[other], wanted[at]) {
            other += 1;
        }
        if other == stages.len() {
            return false;
        }
        at += 1;
    }
    true
}

const fn disagreement(outer: &ParameterTable, inner: &ParameterTable) -> Text {
    let text = Text::EMPTY.and("`").and(inner.config).and("` has the stages ");
    let text = text.and_list(inner.stages.declared).and(", but `").and(outer.config);
    let text = match outer.stages.declared {
        [] => text.and("`, in which it is nested, has none"),
        declared => text.and("`, in which it is nested, has ").and_list(declared),
    };
    let (stages, config) = match outer.stages.declared {
        [] => (inner.stages.declared, outer.config),
        declared => (declared, inner.config),
    };
    let text = text.and("\nhelp: `#[stage_config(stages(").and_bare_list(stages);
    text.and("))] struct ").and(config).and("`")
}

/// A field, and what is put in front of the names below it.
struct Below<'a> {
    field: &'a Field,
    prefix: Option<Names>,
    outer: Option<&'a Below<'a>>,
}

impl Below<'_> {
    const fn check(&self, table: &ParameterTable, stage: &str) -> Option<Text> {
        let mut row = 0;
        while row < table.fields.len() {
            let field = &table.fields[row];
            let found = match field.kind {
                Kind::Ssm(names) | Kind::SsmPath(names) => {
                    self.check_parameter(field, &names, stage)
                }
                Kind::Secret(names) => self.check_secret(field, &names, stage),
                Kind::Nested(inner, prefix) => {
                    Below { field, prefix, outer: Some(self) }.check(inner, stage)
                }
                Kind::Env(_) | Kind::Stage | Kind::Value => None,
            };
            if found.is_some() {
                return found;
            }
            row += 1;
        }
        None
    }

    const fn check_parameter(&self, field: &Field, names: &Names, stage: &str) -> Option<Text> {
        let name = written_at(names, stage);
        let (is_arn, is_of_aws) = (begins(name, "arn:"), begins(name, "/aws/"));
        if self.is_checked_alone(name) {
            return None;
        }
        if let Some(text) = self.check_stage(field, name, stage) {
            return Some(text);
        }
        let what = match (is_arn, is_of_aws) {
            (true, _) | (_, true) if !self.has_prefix() => return None,
            (true, _) => "is an ARN",
            (_, true) => "begins with `/aws/`, which is nobody's own",
            (false, false) => return self.check_size(field, name, stage),
        };
        let text = self.subject(field, stage).and(" ").and(what);
        let text =
            text.and(", so that nothing can be put in front of it\nhelp: `#[nested]` without ");
        Some(text.and("a prefix, or there a name below it, as `#[ssm(\"/key\")]`"))
    }

    const fn check_size(&self, field: &Field, name: &str, stage: &str) -> Option<Text> {
        let (levels, mut length) = self.measure(name, stage);
        if !self.has_prefix() && !begins(name, "/") {
            length -= 1;
        }
        if levels > MAX_LEVELS {
            let text = self.subject(field, stage).and(" has ").and_number(levels);
            let text = text.and(" levels with what is put in front of it; Parameter Store ");
            return Some(text.and("allows 15").and(HELP));
        }
        if length > MAX_LENGTH {
            let text = self.subject(field, stage).and(" has ").and_number(length);
            let text = text.and(" characters with what is put in front of it; Parameter ");
            return Some(text.and("Store allows 1011").and(HELP));
        }
        None
    }

    const fn check_secret(&self, field: &Field, names: &Names, stage: &str) -> Option<Text> {
        let name = written_at(names, stage);
        if self.is_checked_alone(name) {
            return None;
        }
        if let Some(text) = self.check_stage(field, name, stage) {
            return Some(text);
        }
        let (_, length) = self.measure(name, stage);
        // The names of secrets have no slash in front.
        let length = length - 1;
        if length <= MAX_SECRET {
            return None;
        }
        let text = self.subject(field, stage).and(" has ").and_number(length);
        let text = text.and(" characters with what is put in front of it; Secrets Manager ");
        Some(text.and("allows 512").and(HELP))
    }

    /// Whether the stage may stand in the name, if it does.
    const fn check_stage(&self, field: &Field, name: &str, stage: &str) -> Option<Text> {
        if !has(name, b'{') || may_be_in_names(stage) {
            return None;
        }
        let text =
            Text::EMPTY.and("stage `").and(stage).and("` cannot take the place of `{stage}` ");
        let text = self.path(&text.and("in the name of `")).and(field.name).and("`");
        let text =
            text.and(", which may have letters, digits and `_ . -`\nhelp: another name for the ");
        Some(text.and("stage, as `stages(dev, prod(rename = \"…\"))`"))
    }

    /// Whether the struct that has it could say all there is to say about the name.
    const fn is_checked_alone(&self, name: &str) -> bool {
        !self.has_prefix() && !has(name, b'{')
    }

    const fn has_prefix(&self) -> bool {
        match (self.prefix, self.outer) {
            (Some(_), _) => true,
            (None, Some(outer)) => outer.has_prefix(),
            (None, None) => false,
        }
    }

    /// Levels and characters of the whole name.
    const fn measure(&self, name: &str, stage: &str) -> (usize, usize) {
        let (mut levels, mut length) = measure(name, stage);
        let mut below = Some(self);
        while let Some(Below { prefix, outer, .. }) = below {
            if let Some(prefix) = prefix {
                let (more_levels, more) = measure(written_at(prefix, stage), stage);
                (levels, length) = (levels + more_levels, length + more);
            }
            below = *outer;
        }
        (levels, length)
    }

    /// "`database.url` at stage `prod`"
    const fn subject(&self, field: &Field, stage: &str) -> Text {
        let text = self.path(&Text::EMPTY.and("the name of `")).and(field.name).and("`");
        if stage.is_empty() { text } else { text.and(" at stage `").and(stage).and("`") }
    }

    /// The text, and behind it the path of the structs.
    const fn path(&self, text: &Text) -> Text {
        let text = match self.outer {
            Some(outer) => outer.path(text),
            None => *text,
        };
        text.and(self.field.name).and(".")
    }
}

const HELP: &str = "\nhelp: a shorter one, as `#[nested(\"/app\")]`";

const fn written_at(names: &Names, stage: &str) -> &'static str {
    match names {
        Names::Same(name) => name,
        Names::ByStage(pairs) => {
            let mut at = 0;
            while at < pairs.len() {
                if same(pairs[at].0, stage) {
                    return pairs[at].1;
                }
                at += 1;
            }
            ""
        }
    }
}

/// Levels and characters of a part of a name, a slash in front counted with both.
const fn measure(name: &str, stage: &str) -> (usize, usize) {
    let bytes = name.as_bytes();
    let slash = matches!(bytes, [b'/', ..]);
    let mut levels = if slash { 0 } else { 1 };
    let mut length = if slash { 0 } else { 1 };
    let mut at = 0;
    // A selector is no part of the name.
    while at < bytes.len() && bytes[at] != b':' {
        if bytes[at] == b'/' {
            levels += 1;
        }
        if bytes[at] == b'{' {
            length += stage.len();
            at += STAGE.len();
        } else {
            length += 1;
            at += 1;
        }
    }
    (levels, length)
}

const fn has(text: &str, byte: u8) -> bool {
    let mut at = 0;
    while at < text.len() {
        if text.as_bytes()[at] == byte {
            return true;
        }
        at += 1;
    }
    false
}

/// As `outside_of_names` has it, which is not `const`.
const fn may_be_in_names(stage: &str) -> bool {
    let mut at = 0;
    while at < stage.len() {
        if !matches!(stage.as_bytes()[at], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-')
        {
            return false;
        }
        at += 1;
    }
    true
}

const fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && begins(a, b)
}

const fn begins(text: &str, with: &str) -> bool {
    let (text, with) = (text.as_bytes(), with.as_bytes());
    let mut at = 0;
    while at < with.len() {
        if at >= text.len() || text[at] != with[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests;
