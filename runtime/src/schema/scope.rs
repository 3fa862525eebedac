//! The walk through nested structs: where a struct is in a configuration, and so the paths of its
//! fields and the prefixes of its names.

use crate::schema::parameter::Parameter;
use crate::schema::table::{Field, Kind, Names, ParameterTable};

/// One struct of a configuration, as the outermost one leads to it.
///
/// It is a list on the stack and not a path in a string, so that it can be built in a constant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) table: &'a ParameterTable,
    /// The struct around it, and the field there that holds it.
    pub(crate) outer: Option<(&'a Scope<'a>, &'static Field)>,
}

impl<'a> Scope<'a> {
    /// The outermost struct.
    pub(crate) const fn new(table: &'a ParameterTable) -> Self {
        Self { table, outer: None }
    }

    /// The struct in `field`, if that is a nested one.
    pub(crate) const fn nested(&'a self, field: &'static Field) -> Option<Self> {
        match field.kind {
            Kind::Nested(table, _) => Some(Self { table, outer: Some((self, field)) }),
            _ => None,
        }
    }

    /// The prefix that this struct adds to those of the structs around it.
    pub(crate) const fn own_prefix(&self) -> Option<Names> {
        match self.outer {
            Some((_, Field { kind: Kind::Nested(_, prefix), .. })) => *prefix,
            _ => None,
        }
    }

    /// The prefixes of its names, the outermost first.
    pub(crate) fn prefixes(&self) -> Vec<Names> {
        let mut prefixes = self.outer.map(|(outer, _)| outer.prefixes()).unwrap_or_default();
        prefixes.extend(self.own_prefix());
        prefixes
    }

    /// The path of the struct; empty for the outermost.
    pub(crate) fn path(&self) -> String {
        self.outer.map(|(outer, field)| outer.path_of(field)).unwrap_or_default()
    }

    /// The path of one of its fields: `database.url`.
    pub(crate) fn path_of(&self, field: &Field) -> String {
        let path = self.path();
        if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) }
    }

    /// Visits every field that is not a nested struct, in the order of the source.
    pub(crate) fn visit(&self, visit: &mut impl FnMut(&Scope<'_>, &'static Field)) {
        for field in self.table.fields {
            match self.nested(field) {
                Some(nested) => nested.visit(visit),
                None => visit(self, field),
            }
        }
    }

    /// Everything that this struct reads from Parameter Store, nested structs included.
    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let mut found = Vec::new();
        self.visit(&mut |scope, field| found.extend(Parameter::new(scope, field)));
        found
    }
}
