//! A file of planted mistakes: its structs, and what of them an error points at.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, Field, Item};

use crate::report::Said;

/// Bytes of the text.
pub(crate) type Bytes = Range<usize>;

pub(crate) struct Source {
    /// As in `names/arns`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// What derives `StageConfig`.
    pub(crate) planted: Vec<Planted>,
    /// The other items, but for `main`.
    pub(crate) rest: Vec<Bytes>,
    literals: Vec<Bytes>,
}

pub(crate) struct Planted {
    pub(crate) name: String,
    pub(crate) all: Bytes,
    /// Behind the attribute that derives.
    pub(crate) behind_derive: usize,
    pub(crate) attributes: Vec<Attributed>,
    pub(crate) fields: Vec<Member>,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) all: Bytes,
    pub(crate) attributes: Vec<Attributed>,
}

pub(crate) struct Attributed {
    pub(crate) name: String,
    /// From `#` to `]`.
    pub(crate) all: Bytes,
    pub(crate) path: Bytes,
    /// What stands between commas, in the attribute itself and, behind that, deeper and deeper.
    pub(crate) lists: Vec<List>,
}

pub(crate) struct List {
    pub(crate) all: Bytes,
    pub(crate) arguments: Vec<Bytes>,
}

/// Where an error points.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    pub(crate) source: &'a Source,
    pub(crate) planted: &'a Planted,
    pub(crate) field: Option<&'a Member>,
    pub(crate) attribute: Option<&'a Attributed>,
    pub(crate) underlined: Bytes,
}

impl Source {
    pub(crate) fn read(name: String, text: String) -> Self {
        let file = syn::parse_file(&text).unwrap_or_else(|it| panic!("{name}: {it}"));
        let (mut planted, mut rest) = (Vec::new(), Vec::new());
        for item in &file.items {
            let (ident, attributes, fields) = match item {
                Item::Struct(it) => (&it.ident, &it.attrs, Some(&it.fields)),
                Item::Enum(it) => (&it.ident, &it.attrs, None),
                Item::Union(it) => (&it.ident, &it.attrs, None),
                Item::Fn(it) if it.sig.ident == "main" => continue,
                other => {
                    rest.push(other.span().byte_range());
                    continue;
                }
            };
            let Some(derive) = attributes.iter().find(|it| it.path().is_ident("derive")) else {
                rest.push(item.span().byte_range());
                continue;
            };
            planted.push(Planted {
                name: ident.to_string(),
                all: item.span().byte_range(),
                behind_derive: derive.span().byte_range().end,
                attributes: attributes.iter().map(Attributed::of).collect(),
                fields: fields.into_iter().flatten().filter_map(Member::of).collect(),
            });
        }
        let mut literals = Vec::new();
        find_literals(text.parse().expect("syn has read it"), &mut literals);
        Self { name, text, planted, rest, literals }
    }

    /// How many errors are marked on each line, which counts from 1.
    pub(crate) fn marks(&self) -> Vec<usize> {
        let marks = |line: &str| {
            line.rsplit_once(" //~").map_or(0, |(_, more)| {
                assert!(more.chars().all(|it| it == '~'), "{}: no mark: `//~{more}`", self.name);
                1 + more.len()
            })
        };
        std::iter::once(0).chain(self.text.lines().map(marks)).collect()
    }

    pub(crate) fn line(&self, number: usize) -> Bytes {
        let begin: usize = self.text.split_inclusive('\n').take(number - 1).map(str::len).sum();
        begin..begin + self.text[begin..].find('\n').unwrap_or(self.text.len() - begin)
    }

    pub(crate) fn place(&self, said: &Said) -> Place<'_> {
        let underlined = self.underlined(said);
        let holds = |all: &Bytes| all.start <= underlined.start && underlined.end <= all.end;
        let planted = self.planted.iter().find(|it| holds(&it.all));
        let planted = planted.unwrap_or_else(|| panic!("is in no struct:\n{}", said.text));
        let field = planted.fields.iter().find(|it| holds(&it.all));
        let attributes = field.map_or(&planted.attributes, |it| &it.attributes);
        let attribute = attributes.iter().find(|it| holds(&it.all));
        Place { source: self, planted, field, attribute, underlined }
    }

    fn underlined(&self, said: &Said) -> Bytes {
        let line = self.line(said.line);
        let chars: Vec<_> = self.text[line.clone()].char_indices().map(|it| it.0).collect();
        let begin = line.start + chars[said.column - 1];
        // A wide character is underlined twice, a tab four times, and a long literal in part.
        let is_plain = |it: &str| it.chars().all(|it| it == ' ' || it.is_ascii_graphic());
        if let Some(literal) = self.literals.iter().find(|it| it.start == begin)
            && (literal.len() > said.carets || !is_plain(&self.text[literal.clone()]))
        {
            return literal.clone();
        }
        begin..(begin + said.carets).min(line.end)
    }
}

impl Member {
    fn of(field: &Field) -> Option<Self> {
        Some(Self {
            name: field.ident.as_ref()?.to_string(),
            all: field.span().byte_range(),
            attributes: field.attrs.iter().map(Attributed::of).collect(),
        })
    }
}

impl Attributed {
    fn of(attribute: &Attribute) -> Self {
        let mut lists = Vec::new();
        if let syn::Meta::List(list) = &attribute.meta {
            let all = list.delimiter.span();
            find_lists(
                all.open().byte_range().end..all.close().byte_range().start,
                list,
                &mut lists,
            );
        }
        Self {
            name: attribute.path().segments.iter().map(|it| it.ident.to_string()).collect(),
            all: attribute.span().byte_range(),
            path: attribute.path().span().byte_range(),
            lists,
        }
    }
}

impl Place<'_> {
    /// As in `names/arns Config.account`.
    pub(crate) fn name(&self) -> String {
        let field = self.field.map(|it| format!(".{}", it.name)).unwrap_or_default();
        format!("{} {}{field}", self.source.name, self.planted.name)
    }

    pub(crate) fn text(&self, at: &Bytes) -> &str {
        &self.source.text[at.clone()]
    }

    /// The argument of the attribute that holds what is underlined.
    pub(crate) fn argument(&self) -> Option<Bytes> {
        self.arguments().next()
    }

    /// The same, in the innermost list.
    pub(crate) fn innermost(&self) -> Option<Bytes> {
        self.arguments().last()
    }

    fn arguments(&self) -> impl Iterator<Item = Bytes> {
        let lists = self.attribute.into_iter().flat_map(|it| &it.lists);
        let arguments = lists.flat_map(|it| &it.arguments).cloned();
        let at = self.underlined.clone();
        arguments.filter(move |it| it.start <= at.start && at.end <= it.end)
    }
}

fn find_lists(all: Bytes, list: &syn::MetaList, lists: &mut Vec<List>) {
    fn walk(all: Bytes, tokens: TokenStream, lists: &mut Vec<List>) {
        let (mut arguments, mut groups) = (Vec::new(), Vec::<Group>::new());
        let mut open: Option<Bytes> = None;
        for token in tokens {
            if let TokenTree::Punct(it) = &token
                && it.as_char() == ','
            {
                arguments.extend(open.take());
                continue;
            }
            let at = token.span().byte_range();
            open = Some(open.map_or(at.start, |it| it.start)..at.end);
            if let TokenTree::Group(it) = token
                && it.delimiter() != Delimiter::None
            {
                groups.push(it);
            }
        }
        arguments.extend(open);
        lists.push(List { all, arguments });
        for group in groups {
            let (open, close) = (group.span_open().byte_range(), group.span_close().byte_range());
            walk(open.end..close.start, group.stream(), lists);
        }
    }
    walk(all, list.tokens.clone(), lists);
}

fn find_literals(tokens: TokenStream, literals: &mut Vec<Bytes>) {
    for token in tokens {
        match token {
            TokenTree::Literal(it) => literals.push(it.span().byte_range()),
            TokenTree::Group(it) => find_literals(it.stream(), literals),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}
